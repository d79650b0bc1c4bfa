import fc from 'fast-check';

import { addressBits, inRanges } from '../../../../nodes/shared/addresses/ipAddresses';
import { isInSubnet } from './subnets';

const byte = fc.integer({ min: 0, max: 255 });
const ipv4 = fc.array(byte, { minLength: 4, maxLength: 4 }).map((bytes) => bytes.join('.'));
/** Many zeros, so that `::` stands in many places. */
const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
const ipv6 = fc
	.array(group, { minLength: 8, maxLength: 8 })
	.map((groups) => groups.map((value) => value.toString(16)).join(':'))
	.filter((address) => !/^(?:0:){5}ffff:/.test(address));

const plainOf = (address: string) =>
	new URL(`http://${address.includes(':') ? `[${address}]` : address}/`).hostname.replace(
		/^\[|\]$/g,
		'',
	);

it.each([
	['ipv4', ipv4, 32],
	['ipv6', ipv6, 128],
] as const)('finds an address in a range of %s as Node.js does', (family, addresses, bits) => {
	const length = fc.integer({ min: 1, max: bits });
	fc.assert(
		fc.property(addresses, addresses, length, fc.boolean(), (base, other, prefix, isBase) => {
			const address = isBase ? base : other;
			const found = inRanges([`${plainOf(base)}/${prefix}`])(addressBits(plainOf(address)) ?? '');
			expect(found).toBe(isInSubnet(address, { base, prefix, family }));
		}),
	);
});

it('reads an IPv4 address that is written as IPv6 as what it is', () => {
	fc.assert(
		fc.property(ipv4, (address) => {
			expect(addressBits(plainOf(`::ffff:${address}`))).toBe(addressBits(address));
			expect(addressBits(plainOf(`::${address}`))).not.toBe(addressBits(address));
		}),
	);
});

it('keeps IPv4 and IPv6 apart where their bits begin alike', () => {
	expect(inRanges(['2002::/16'])(addressBits('32.2.0.1') ?? '')).toBe(false);
	expect(inRanges(['32.2.0.0/16'])(addressBits('2002::1') ?? '')).toBe(false);
});

it.each(['example.com', 'localhost', '1.2.3', '1.2.3.4.example', ''])('%j is a name', (host) => {
	expect(addressBits(host)).toBeUndefined();
});
