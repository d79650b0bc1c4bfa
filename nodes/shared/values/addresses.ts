/**
 * @param base What the text is relative to; an absolute URL needs none.
 * @returns undefined when the text is no URL.
 */
export function parsedUrl(text: string, base?: string): URL | undefined {
	try {
		// Not URL.canParse: once Node 20 has compiled it, it takes no letters outside ASCII.
		return new URL(text, base);
	} catch {
		return undefined;
	}
}

/*
 * All that follow take `URL.hostname`, which writes an IP address in one form only: `0x7f.1` is `127.0.0.1`, and IPv6 has
 * brackets.
 */

const IPV4 = /^\d+(?:\.\d+){3}$/;

/** The last form is IPv4 written as IPv6. */
const LOOPBACK = /^(?:127\.|::1$|::ffff:7f..:)/;

/** IPv4 addresses that only this machine or a local network reaches. */
const PRIVATE_IPV4 =
	/^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

/** All public IPv6 addresses begin like this (2000::/3). */
const PUBLIC_IPV6 = /^[23]/;

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

/** Metadata services, where a cloud's machines get their identity and often keys. */
const METADATA_HOSTS = [
	...['metadata', 'metadata.google.internal', 'metadata.goog', 'fd20:ce::254'], // Google Cloud
	...['instance-data', 'instance-data.ec2.internal', 'fd00:ec2::254'], // AWS
	'168.63.129.16', // Azure
	'100.100.100.200', // Alibaba Cloud
	'192.0.0.192', // Oracle Cloud
];

/** Link-local addresses, where most clouds have their metadata service. */
const LINK_LOCAL = /^(?:169\.254\.|fe[89ab])/;

/** IPv6 that may lead to any IPv4 address: mapped and compatible ones, NAT64, Teredo and 6to4, but not `::1`. */
const HIDES_IPV4 = /^(?:::(?!1$)|64:ff9b:|2001:0?:|2002:)/;

/** Whether a host is this very machine. */
export function isLoopbackHost(hostname: string): boolean {
	const host = plainHost(hostname);
	if (isIpAddress(host)) return LOOPBACK.test(host);
	return host === 'localhost' || host.endsWith('.localhost');
}

/** Whether a host is a bare name, such as a container's: only a local network resolves it. */
export function isBareName(hostname: string): boolean {
	const host = plainHost(hostname);
	return !host.includes('.') && !host.includes(':');
}

/** Whether a host has a name on the internet: it is neither an IP address nor a name of a local network. */
export function isPublicName(hostname: string): boolean {
	const host = plainHost(hostname);
	return !isIpAddress(host) && !isInternalName(host);
}

/**
 * Whether only this machine or a local network can reach a host, so that Fetch Hive's servers cannot. It finds mistakes
 * early and is no protection: unusual forms of a private address pass.
 */
export function isInternalHost(hostname: string): boolean {
	const host = plainHost(hostname);
	if (host.includes(':')) return !PUBLIC_IPV6.test(host);
	return IPV4.test(host) ? PRIVATE_IPV4.test(host) : isInternalName(host);
}

/** The same for the host of an absolute URL. */
export function isInternalAddress(address: string): boolean {
	return isInternalHost(new URL(address).hostname);
}

/** Whether a host is link-local or a cloud's metadata service, or may hide such an address. */
export function isMetadataHost(hostname: string): boolean {
	const host = plainHost(hostname);
	if (METADATA_HOSTS.includes(host)) return true;
	return isIpAddress(host) && (LINK_LOCAL.test(host) || HIDES_IPV4.test(host));
}

function isIpAddress(host: string): boolean {
	return host.includes(':') || IPV4.test(host);
}

function isInternalName(host: string): boolean {
	return isBareName(host) || INTERNAL_SUFFIXES.some((suffix) => host.endsWith(suffix));
}

/** Without IPv6 brackets and the root dot. */
function plainHost(hostname: string): string {
	const host = hostname.toLowerCase().replace(/^\[|\]$/g, '');
	// A regular expression would take minutes for a host of many dots.
	let end = host.length;
	while (host[end - 1] === '.') end -= 1;
	return host.slice(0, end);
}
