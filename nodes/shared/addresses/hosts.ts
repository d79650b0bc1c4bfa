import { addressBits, inRanges } from './ipAddresses';

const isLoopback = inRanges(['127.0.0.0/8', '::1/128']);

/** Where addresses of the internet are: IANA has given out no other IPv6 ones. */
const mayBePublic = inRanges(['0.0.0.0/0', '2000::/3']);

/** Those in there which are not, from IANA's registries of special-purpose addresses. */
const isSpecial = inRanges([
	'0.0.0.0/8', // this host (RFC 1122)
	'10.0.0.0/8', // private (RFC 1918), as are 172.16.0.0/12 and 192.168.0.0/16
	'100.64.0.0/10', // shared by a provider's customers (RFC 6598)
	'127.0.0.0/8',
	'168.63.129.16/32', // Azure, for its virtual machines only
	'169.254.0.0/16', // link-local (RFC 3927)
	'172.16.0.0/12',
	'192.0.0.0/24', // protocol assignments (RFC 6890)
	'192.0.2.0/24', // documentation, as are 198.51.100.0/24 and 203.0.113.0/24 (RFC 5737)
	'192.168.0.0/16',
	'198.18.0.0/15', // benchmarks (RFC 2544)
	'198.51.100.0/24',
	'203.0.113.0/24',
	'224.0.0.0/4', // multicast
	'240.0.0.0/4', // reserved, and the broadcast address
	'2001::/23', // protocol assignments (RFC 2928), Teredo among them
	'2001:db8::/32', // documentation, as is 3fff::/20 (RFC 3849, RFC 9637)
	'3fff::/20',
]);

/** IPv6 addresses that lead to an IPv4 one: where its 32 bits begin. */
const HOLDERS_OF_IPV4 = [
	{ holds: inRanges(['::/96']), at: 96 }, // IPv4-compatible (RFC 4291)
	{ holds: inRanges(['::ffff:0:0:0/96']), at: 96 }, // IPv4-translated (RFC 2765)
	{ holds: inRanges(['64:ff9b::/96']), at: 96 }, // NAT64 (RFC 6052)
	{ holds: inRanges(['2002::/16']), at: 16 }, // 6to4 (RFC 3056)
];

const INTERNAL_SUFFIXES = [
	'.corp',
	'.home',
	'.home.arpa',
	'.internal',
	'.intranet',
	'.lan',
	'.local',
	'.localdomain',
	'.localhost',
	'.svc',
];

/** Whether a URL's host is this very machine. Takes `URL.hostname`, which writes addresses in one form only. */
export function isLoopbackHost(hostname: string): boolean {
	const host = plainHost(hostname);
	const address = addressBits(host);
	if (address !== undefined) return isLoopback(address);
	return host === 'localhost' || host.endsWith('.localhost');
}

/** Whether a host is a bare name, such as a container's: only a local network resolves it. */
export function isBareName(hostname: string): boolean {
	const host = plainHost(hostname);
	return !host.includes('.') && !host.includes(':');
}

/** Whether only this machine or a local network reaches a host, if anybody: Fetch Hive's servers cannot. */
export function isInternalHost(hostname: string): boolean {
	const host = plainHost(hostname);
	const address = reachedAddress(host);
	if (address !== undefined) return !mayBePublic(address) || isSpecial(address);
	return isBareName(host) || INTERNAL_SUFFIXES.some((suffix) => host.endsWith(suffix));
}

/** The same for the host of an absolute URL. */
export function isInternalAddress(address: string): boolean {
	return isInternalHost(new URL(address).hostname);
}

/** The bits of the address that a packet for this one ends at; undefined for a name. */
export function reachedAddress(hostname: string): string | undefined {
	const address = addressBits(plainHost(hostname));
	const holder = HOLDERS_OF_IPV4.find(({ holds }) => address !== undefined && holds(address));
	return holder === undefined ? address : address?.slice(holder.at, holder.at + 32);
}

/** Without IPv6 brackets and the root dot. */
export function plainHost(hostname: string): string {
	const host = hostname.toLowerCase().replace(/^\[|\]$/g, '');
	// No regular expression: it would take minutes for a host of many dots.
	let end = host.length;
	while (host[end - 1] === '.') end -= 1;
	return host.slice(0, end);
}
