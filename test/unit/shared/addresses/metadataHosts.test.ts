import { isMetadataHost } from '../../../../nodes/shared/addresses/metadataHosts';

const hostnameOf = (host: string) => new URL(`https://${host}/`).hostname;

it.each([
	'169.254.169.254',
	'169.254.0.1',
	'169.254.255.255',
	'2852039166',
	'100.100.100.200',
	'168.63.129.16',
	'192.0.0.192',
	'[fe80::1]',
	'[febf:ffff::1]',
	'[fd00:ec2::254]',
	'[fd20:ce::254]',
	'[::ffff:169.254.169.254]',
	'[::169.254.169.254]',
	'[::ffff:0:169.254.169.254]',
	'[64:ff9b::169.254.169.254]',
	'[64:ff9b::168.63.129.16]',
	'[64:ff9b:1:a9fe:a9:fe00::]',
	'[2002:a9fe:a9fe::1]',
	'[2001:0:808:808::1]',
	'metadata.google.internal',
	'METADATA.google.internal.',
	'metadata.goog',
	'metadata',
	'instance-data',
	'instance-data.ec2.internal',
])('%s is link-local or a metadata service', (host) => {
	expect(isMetadataHost(hostnameOf(host))).toBe(true);
});

it.each([
	'127.0.0.1',
	'10.0.0.1',
	'169.253.255.255',
	'169.255.0.0',
	'100.100.100.199',
	'168.63.129.17',
	'192.0.0.193',
	'[::1]',
	'[fec0::1]',
	'[fd00:ec2::253]',
	'[2002:a00:1::1]',
	'localhost',
	'metadata.example.com',
	'files.internal',
	'uploads.fetchhive.com',
])('%s is neither', (host) => {
	expect(isMetadataHost(hostnameOf(host))).toBe(false);
});
