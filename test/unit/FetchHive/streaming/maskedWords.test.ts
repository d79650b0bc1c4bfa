import fc from 'fast-check';

import { MaskedWords } from '../../../../nodes/FetchHive/streaming/streamRequest';

function passedOn(secret: string, pieces: readonly string[]): string {
	const words = new MaskedWords(secret);
	return pieces.map((piece) => words.push(piece)).join('') + words.end();
}

it('masks a secret that is spread over several pieces', () => {
	expect(passedOn('fhk_1234', ['Your key: fh', 'k_12', '34, keep it'])).toBe(
		'Your key: ***, keep it',
	);
});

it('holds back only what may be the beginning of the secret', () => {
	const words = new MaskedWords('fhk_1234');
	expect(words.push('Hello f')).toBe('Hello ');
	expect(words.push('riend')).toBe('friend');
	expect(words.push('fhk_')).toBe('');
	expect(words.end()).toBe('fhk_');
});

it('passes everything on where there is no secret', () => {
	expect(passedOn('', ['a', '', 'b'])).toBe('ab');
});

it('says what masking the whole text would say, however it is cut', () => {
	// Without `*`: a mask that has the secret in it would be masked itself.
	const letters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 4 });
	fc.assert(
		fc.property(fc.array(letters), letters, (pieces, secret) => {
			const whole = pieces.join('');
			const expected = secret === '' ? whole : whole.replaceAll(secret, '***');
			expect(passedOn(secret, pieces)).toBe(expected);
		}),
	);
});
