import { parsedUrl } from '../../../../nodes/shared/values/addresses';

// In Node 20 URL.canParse says no from about the five-thousandth call on, when it has been compiled.
const OFTEN = 20_000;

describe('an address', () => {
	it('of another alphabet is read each time, however often', () => {
		const hosts = Array.from({ length: OFTEN }, () => parsedUrl('https://bücher.example/')?.host);
		expect(new Set(hosts)).toEqual(new Set(['xn--bcher-kva.example']));
	});

	it('may be relative to another one', () => {
		expect(parsedUrl('/ü.png', 'https://example.com/a')?.href).toBe(
			'https://example.com/%C3%BC.png',
		);
	});

	it.each(['', 'my webhook', 'https://', 'https://[::1'])('is none: %j', (text) => {
		expect(parsedUrl(text)).toBeUndefined();
	});
});
