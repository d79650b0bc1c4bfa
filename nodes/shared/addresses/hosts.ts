const LOOPBACK_IPV4 = /^127\./;

/** RFC 1122 "this host", RFC 1918 private, RFC 3927 link-local and RFC 6598 shared addresses, and loopback. */
const INTERNAL_IPV4 = [
	LOOPBACK_IPV4,
	/^0\./,
	/^10\./,
	/^192\.168\./,
	/^172\.(?:1[6-9]|2\d|3[01])\./,
	/^169\.254\./,
	/^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
];

/** Unspecified, loopback, unique local (fc00::/7) and link-local (fe80::/10). */
const INTERNAL_IPV6 = [/^::$/, /^::1$/, /^f[cd]/, /^fe[89ab]/];

const INTERNAL_SUFFIXES = ['.localhost', '.local', '.internal', '.lan', '.home.arpa'];

/** Whether a URL's host is this very machine. Takes `URL.hostname`, which writes addresses in one form only. */
export function isLoopbackHost(hostname: string): boolean {
	const host = plainHost(hostname);
	return (
		host === 'localhost' ||
		host.endsWith('.localhost') ||
		host === '::1' ||
		(isIpv4(host) && LOOPBACK_IPV4.test(host))
	);
}

/** Whether a host is a bare name, such as a container's: only a local network resolves it. */
export function isBareName(hostname: string): boolean {
	const host = plainHost(hostname);
	return !host.includes('.') && !host.includes(':');
}

/** Whether only this machine or a local network reaches a host: Fetch Hive's servers cannot. */
export function isInternalHost(hostname: string): boolean {
	const host = plainHost(hostname);
	if (isLoopbackHost(host) || isBareName(host)) return true;
	if (isIpv4(host)) return INTERNAL_IPV4.some((range) => range.test(host));
	if (host.includes(':')) return INTERNAL_IPV6.some((range) => range.test(host));
	return INTERNAL_SUFFIXES.some((suffix) => host.endsWith(suffix));
}

/** The same for the host of an absolute URL. */
export function isInternalAddress(address: string): boolean {
	return isInternalHost(new URL(address).hostname);
}

/** Without IPv6 brackets and the root dot; an IPv4 address that is written as IPv6 becomes IPv4. */
function plainHost(hostname: string): string {
	const host = hostname
		.toLowerCase()
		.replace(/^\[|\]$/g, '')
		.replace(/\.$/, '');
	const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host);
	if (mapped === null) return host;
	return mapped
		.slice(1)
		.map((group) => parseInt(group, 16))
		.flatMap((group) => [group >> 8, group & 255])
		.join('.');
}

function isIpv4(host: string): boolean {
	return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host);
}
