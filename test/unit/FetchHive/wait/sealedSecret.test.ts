import fc from 'fast-check';

import { openSecret, sealSecret } from '../../../../nodes/FetchHive/wait/sealedSecret';

const KEY = 'fhk_1';
const PLACE = ['execution 7', 'node 3', 'req_1'];
const SECRET = 'whsec_signing';

/** The sealed secret with one bit of one byte flipped. */
function withFlippedBit(sealed: string, byte: number): string {
	const bytes = Buffer.from(sealed, 'base64url');
	bytes[byte] ^= 1;
	return bytes.toString('base64url');
}

it('opens with the same key for the same place, whatever the secret, the key and the place are', () => {
	const anyText = fc.string({ unit: 'grapheme' });
	fc.assert(
		fc.property(anyText, anyText, fc.array(anyText), (secret, key, place) => {
			expect(openSecret(sealSecret(secret, key, place), key, place)).toBe(secret);
		}),
	);
});

it.each([
	['another key', 'fhk_2', PLACE],
	['no key', '', PLACE],
	['another execution', KEY, ['execution 8', 'node 3', 'req_1']],
	['another node', KEY, ['execution 7', 'node 4', 'req_1']],
	['another run', KEY, ['execution 7', 'node 3', 'req_2']],
	['a place cut elsewhere', KEY, ['execution 7', 'node 3req_1', '']],
	['no place', KEY, []],
])('does not open with %s', (_case, key, place) => {
	expect(openSecret(sealSecret(SECRET, KEY, PLACE), key, place)).toBeUndefined();
});

it('does not open when any of its bytes was changed', () => {
	const sealed = sealSecret(SECRET, KEY, PLACE);
	for (let byte = 0; byte < Buffer.from(sealed, 'base64url').length; byte++) {
		expect(openSecret(withFlippedBit(sealed, byte), KEY, PLACE)).toBeUndefined();
	}
});

it('does not open when it was cut short or is something else', () => {
	const sealed = sealSecret(SECRET, KEY, PLACE);
	for (let length = 0; length < sealed.length; length++) {
		expect(openSecret(sealed.slice(0, length), KEY, PLACE)).toBeUndefined();
	}
	expect(openSecret('undefined', KEY, PLACE)).toBeUndefined();
});

it('never looks the same twice, and holds neither the secret nor the key', () => {
	const sealed = Array.from({ length: 100 }, () => sealSecret(SECRET, KEY, PLACE));
	expect(new Set(sealed).size).toBe(100);
	// Salt and nonce are new each time, so nothing is shared at their place.
	expect(new Set(sealed.map((text) => text.slice(0, 16))).size).toBe(100);
	for (const text of sealed) {
		const bytes = Buffer.from(text, 'base64url').toString('latin1');
		expect(bytes).not.toContain(SECRET);
		expect(bytes).not.toContain(KEY);
	}
});
