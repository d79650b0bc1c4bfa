import fc from 'fast-check';

import { base64, hex, NOW, verify } from './signing';

const SEPARATORS = [',', ' ', ', '];

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const secretText = fc.oneof(
	fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }).filter((text) => text.trim() !== ''),
	bytes.map((key) => `whsec_${key.toString('base64')}`),
);

/** A right header, and what it is made of, in every accepted way of writing. */
const signed = fc
	.record({
		secret: secretText,
		body: bytes,
		encode: fc.constantFrom(hex, base64),
		prefix: fc.constantFrom('', 'sha256=', 'v1='),
		t: fc.option(fc.integer({ min: NOW - 300, max: NOW + 300 }), { nil: undefined }),
		upperCase: fc.boolean(),
		separator: fc.constantFrom(...SEPARATORS),
	})
	.map(({ secret, body, encode, prefix, t, upperCase, separator }) => {
		const parts = t === undefined ? [body] : [`${t}.`, body];
		const text = encode(secret, ...parts);
		const signature = `${prefix}${upperCase && encode === hex ? text.toUpperCase() : text}`;
		const header = t === undefined ? signature : `t=${t}${separator}${signature}`;
		return { secret, body, header, isHex: encode === hex };
	});

/** HMAC fills a short key up with zero bytes, so that these make no difference. */
function keyBytes(secret: string): string {
	return Buffer.from(secret, 'utf8')
		.toString('hex')
		.replace(/(?:00)+$/, '');
}

it('accepts every right signature, however it is written', () => {
	fc.assert(
		fc.property(signed, ({ secret, body, header }) => {
			expect(verify({ header, body, secrets: [secret] })).toEqual({ valid: true });
		}),
		{ numRuns: 2000 },
	);
});

it('accepts a signature made with the bytes that a whsec_ secret holds, unless they are zeros', () => {
	fc.assert(
		fc.property(bytes, bytes, fc.constantFrom(hex, base64), (key, body, encode) => {
			const secret = `whsec_${key.toString('base64')}`;
			expect(verify({ header: encode(key, body), body, secrets: [secret] }).valid).toBe(
				key.some((byte) => byte !== 0),
			);
		}),
		{ numRuns: 2000 },
	);
});

it('never accepts, and never throws at, a header that nobody signed', () => {
	const hexDigit = fc.constantFrom(...'0123456789abcdefABCDEF');
	const base64Digit = fc.constantFrom(...'ABCXYZabcxyz0189+/');
	const looksRight = fc.oneof(
		fc.string({ unit: hexDigit, minLength: 64, maxLength: 64 }),
		fc.string({ unit: base64Digit, minLength: 43, maxLength: 43 }).map((text) => `${text}=`),
	);
	const part = fc.oneof(
		looksRight,
		looksRight.map((text) => `sha256=${text}`),
		looksRight.map((text) => `v1=${text}`),
		fc.integer({ min: NOW - 400, max: NOW + 400 }).map((t) => `t=${t}`),
		fc.string({ unit: 'binary' }),
	);
	const header = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 300 }),
		fc
			.tuple(fc.array(part, { maxLength: 5 }), fc.constantFrom(...SEPARATORS))
			.map(([parts, separator]) => parts.join(separator)),
	);
	fc.assert(
		fc.property(header, bytes, fc.array(fc.string(), { maxLength: 3 }), (text, body, secrets) => {
			expect(verify({ header: text, body, secrets }).valid).toBe(false);
		}),
		{ numRuns: 10_000 },
	);
});

it('never accepts a right header in which one character was replaced, added or removed', () => {
	const change = fc.record({
		kind: fc.constantFrom('replace', 'insert', 'remove'),
		at: fc.nat(),
		character: fc.oneof(
			fc.constantFrom(...'0123456789abcdefABCDEF+/=tv,\n\t '),
			fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
		),
	});
	fc.assert(
		fc.property(signed, change, ({ secret, body, header, isHex }, { kind, at, character }) => {
			const index = at % header.length;
			const before = header[index];
			const after = kind === 'remove' ? '' : character;
			// What stays an accepted way of writing the same signature is no forgery.
			const isSeparator = (text: string) => text === ',' || text === ' ';
			fc.pre(!isSeparator(after) || (kind === 'replace' && !isSeparator(before)));
			fc.pre(kind !== 'remove' || !isSeparator(before) || !/, /.test(header));
			if (kind === 'replace') {
				fc.pre(after !== before);
				fc.pre(!isHex || after.toLowerCase() !== before.toLowerCase());
			}
			const rest = header.slice(kind === 'insert' ? index : index + 1);
			const changed = `${header.slice(0, index)}${after}${rest}`;
			expect(verify({ header: changed, body, secrets: [secret] }).valid).toBe(false);
		}),
		{ numRuns: 10_000 },
	);
});

it('never accepts another body', () => {
	fc.assert(
		fc.property(signed, bytes, ({ secret, body, header }, other) => {
			fc.pre(!body.equals(other));
			expect(verify({ header, body: other, secrets: [secret] }).valid).toBe(false);
		}),
		{ numRuns: 2000 },
	);
});

it('never accepts another secret', () => {
	fc.assert(
		fc.property(signed, secretText, ({ secret, body, header }, other) => {
			fc.pre(keyBytes(secret) !== keyBytes(other));
			expect(verify({ header, body, secrets: [other, ''] }).valid).toBe(false);
		}),
		{ numRuns: 2000 },
	);
});

it('never accepts a timestamp more than 300 seconds away', () => {
	const distance = fc.integer({ min: 301, max: NOW });
	fc.assert(
		fc.property(distance, fc.boolean(), bytes, (seconds, isAhead, body) => {
			const t = isAhead ? NOW + seconds : NOW - seconds;
			const header = `t=${t},v1=${hex('a secret', `${t}.`, body)}`;
			expect(verify({ header, body, secrets: ['a secret'] })).toEqual({
				valid: false,
				reason: 'timestamp too far away',
			});
		}),
		{ numRuns: 1000 },
	);
});
