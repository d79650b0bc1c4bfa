import { isInRange } from '../../../playground/n8n/nodeRange';

describe('a range of Node versions', () => {
	it.each(['20.19.0', '20.20.2', '22.0.0', '24.21.0'])('holds %s', (version) => {
		expect(isInRange(version, '>=20.19 <25')).toBe(true);
	});

	it.each(['18.20.0', '20.18.9', '25.0.0', '26.1.0'])('leaves out %s', (version) => {
		expect(isInRange(version, '>=20.19 <25')).toBe(false);
	});

	it('compares numbers, not texts', () => {
		expect(isInRange('20.9.0', '>=20.19')).toBe(false);
		expect(isInRange('100.0.0', '>=24')).toBe(true);
	});

	it.each(['^20.19.0', '20.x', '>=20.19 || >=24', ''])('is not read from "%s"', (range) => {
		expect(() => isInRange('20.20.2', range)).toThrow('is no bound of the form >=20.19 or <25.');
	});
});
