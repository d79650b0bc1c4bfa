import { plainHost, reachedAddress } from './hosts';
import { inRanges } from './ipAddresses';

/**
 * Where a cloud tells its machines who they are, often with keys. Link-local addresses as a whole, because nothing
 * else that n8n could want has one.
 */
const isMetadataAddress = inRanges([
	'169.254.0.0/16', // AWS, Azure, Google Cloud and most others
	'fe80::/10',
	'fd00:ec2::254/128', // AWS
	'fd20:ce::254/128', // Google Cloud
	'100.100.100.200/32', // Alibaba Cloud
	'168.63.129.16/32', // Azure
	'192.0.0.192/32', // Oracle Cloud
	'64:ff9b:1::/48', // NAT64 of a local network (RFC 8215), which may hold any of the IPv4 ones at any place
	'2001::/32', // Teredo (RFC 4380), which hides them
]);

const METADATA_NAMES = [
	...['metadata', 'metadata.google.internal', 'metadata.goog'], // Google Cloud
	...['instance-data', 'instance-data.ec2.internal'], // AWS
];

/** Whether a host is link-local or a cloud's metadata service. Takes `URL.hostname`. */
export function isMetadataHost(hostname: string): boolean {
	const address = reachedAddress(hostname);
	return address === undefined
		? METADATA_NAMES.includes(plainHost(hostname))
		: isMetadataAddress(address);
}
