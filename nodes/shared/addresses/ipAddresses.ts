const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const IPV6_GROUPS = 8;

/** ::ffff:0:0/96: not another address, only another way to write an IPv4 one (RFC 4291). */
const MAPPED_IPV4 = '0'.repeat(80) + '1'.repeat(16);

/**
 * The bits of an IP address as a text of 0 and 1, in which a range of addresses is a beginning: 32 of them for IPv4,
 * also when it is written as `::ffff:…`, and 128 for IPv6. Undefined for a name.
 *
 * @param host As `URL.hostname` writes it, without brackets.
 */
export function addressBits(host: string): string | undefined {
	if (host.includes(':')) {
		const bits = groupsOf(host)
			.map((group) => binary(parseInt(group, 16), 16))
			.join('');
		return bits.startsWith(MAPPED_IPV4) ? bits.slice(MAPPED_IPV4.length) : bits;
	}
	if (!IPV4.test(host)) return undefined;
	return host
		.split('.')
		.map((byte) => binary(Number(byte), 8))
		.join('');
}

/**
 * Tells whether an address, as bits, is in one of these ranges.
 *
 * @param ranges In CIDR notation, such as `10.0.0.0/8` and `fe80::/10`.
 */
export function inRanges(ranges: string[]): (address: string) => boolean {
	const beginnings = ranges.map((range) => {
		const [address, length] = range.split('/');
		const bits = addressBits(address) ?? '';
		return { family: bits.length, bits: bits.slice(0, Number(length)) };
	});
	return (address) =>
		beginnings.some(({ family, bits }) => family === address.length && address.startsWith(bits));
}

/** All eight groups of an IPv6 address, with those that `::` stands for. */
function groupsOf(host: string): string[] {
	const [head, tail = []] = host
		.split('::')
		.map((part) => part.split(':').filter((group) => group !== ''));
	const zeros = IPV6_GROUPS - head.length - tail.length;
	return [...head, ...Array<string>(zeros).fill('0'), ...tail];
}

function binary(value: number, length: number): string {
	return value.toString(2).padStart(length, '0');
}
