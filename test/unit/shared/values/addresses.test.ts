import {
	isBareName,
	isInternalHost,
	isLoopbackHost,
	isMetadataHost,
	isPublicName,
} from '../../../../nodes/shared/values/addresses';

function hostnameOf(host: string): string {
	return new URL(`https://${host}/`).hostname;
}

const LOOPBACK = [
	'localhost',
	'LOCALHOST',
	'localhost.',
	'api.localhost',
	'127.0.0.1',
	'127.0.0.1.',
	'127.255.255.254',
	'127.1',
	'0x7f.1',
	'0177.0.0.1',
	'2130706433',
	'0x7f000001',
	'[::1]',
	'[0:0:0:0:0:0:0:1]',
	'[::ffff:127.0.0.1]',
	'[::ffff:7f00:1]',
];

const BARE = ['emulator', 'fetch-hive', 'my_container', 'EMULATOR', 'n8n1'];

const PRIVATE = [
	'0.0.0.0',
	'10.0.0.1',
	'10.255.255.255',
	'0xa.1',
	'167772161',
	'172.16.0.1',
	'172.31.255.255',
	'192.168.0.1',
	'192.168.1',
	'169.254.169.254',
	'100.64.0.1',
	'100.127.255.255',
	'[::]',
	'[fc00::1]',
	'[fd12:3456::1]',
	'[fe80::1]',
	'[febf::1]',
	'[::ffff:10.0.0.1]',
	'[::ffff:192.168.1.1]',
	'[::ffff:169.254.169.254]',
	'0.255.255.255',
	'[::ffff:7f:1]',
	'[fdff:ffff::1]',
	'[ff02::1]',
	'[4000::1]',
	'[64:ff9b::10.0.0.1]',
	'localhost.localdomain',
	'LOCALHOST.LOCALDOMAIN.',
	'n8n.localdomain',
	'n8n.corp',
	'n8n.office.corp',
	'api.default.svc',
	'api.default.svc.cluster.local',
	'nas.home',
	'wiki.intranet',
	'n8n.local',
	'N8N.LOCAL',
	'n8n.local.',
	'n8n.office.local',
	'n8n.internal',
	'host.docker.internal',
	'n8n.lan',
	'n8n.home.arpa',
];

const PUBLIC = [
	'n8n.example.com',
	'n8n.example.com.',
	'example.co',
	'xn--bcher-kva.example',
	'8.8.8.8',
	'134744072',
	'9.255.255.255',
	'11.0.0.1',
	'126.255.255.255',
	'128.0.0.1',
	'172.15.255.255',
	'172.32.0.1',
	'192.167.1.1',
	'192.169.1.1',
	'169.253.1.1',
	'169.255.1.1',
	'100.63.255.255',
	'100.128.0.1',
	'1.0.0.0',
	'191.255.255.255',
	'223.255.255.255',
	'[2000::1]',
	'[2001:4860:4860::8888]',
	'[2606:4700::1111]',
	'[3ffe:ffff::1]',
	'localhost.example.com',
	'127.0.0.1.example.com',
	'10.example.com',
	'192.168.1.1.nip.example',
	'fd.example.com',
	'fc00.example.com',
	'fe80.example.com',
	'local.example.com',
	'nlocal.example',
	'mylocalhost.example',
	'notlocal.dev',
	'corp.example.com',
	'mycorp.com',
	'svc.example.com',
	'home.example.com',
	'athome.example',
	'intranet.example.com',
	'localdomain.example',
];

it.each([
	...LOOPBACK.map((host) => [
		host,
		/^localhost\.?$/i.test(host) ? 'loopback, bare, internal' : 'loopback, internal',
	]),
	...BARE.map((host) => [host, 'bare, internal']),
	...PRIVATE.map((host) => [host, 'internal']),
	...PUBLIC.map((host) => [host, '']),
])('%s is: %s', (host, expected) => {
	const hostname = hostnameOf(host);
	const answers = {
		loopback: isLoopbackHost(hostname),
		bare: isBareName(hostname),
		internal: isInternalHost(hostname),
	};
	const given = Object.entries(answers).filter(([, answer]) => answer);
	expect(given.map(([name]) => name).join(', ')).toBe(expected);
});

describe('a public name', () => {
	const isAddress = (host: string) => /^[[\d.\]:a-fx]+$/i.test(host) && /\d/.test(host);
	const names = PUBLIC.filter((host) => !isAddress(host));

	it.each(names)('is %s', (host) => expect(isPublicName(hostnameOf(host))).toBe(true));

	it.each([...LOOPBACK, ...BARE, ...PRIVATE, ...PUBLIC.filter(isAddress)])('is not %s', (host) =>
		expect(isPublicName(hostnameOf(host))).toBe(false),
	);
});

it.each([
	'169.254.169.254',
	'169.254.0.1',
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
	'[64:ff9b:1:a9fe:a9:fe00::]',
	'[2002:a9fe:a9fe::1]',
	'[2001:0:808:808::1]',
	'[2001::1]',
	'metadata.google.internal',
	'METADATA.google.internal.',
	'metadata.goog',
	'metadata',
	'instance-data',
	'instance-data.ec2.internal',
])('%s is link-local or a metadata service, or may hide one', (host) => {
	expect(isMetadataHost(hostnameOf(host))).toBe(true);
});

it.each([
	'127.0.0.1',
	'10.0.0.1',
	'169.253.255.255',
	'169.255.0.0',
	'100.100.100.199',
	'[::1]',
	'[fec0::1]',
	'[fd00:ec2::253]',
	'[2001:4860::1]',
	'localhost',
	'169.254.example.com',
	'fe80.example.com',
	'metadata.example.com',
	'files.internal',
	'uploads.fetchhive.com',
])('%s is neither', (host) => {
	expect(isMetadataHost(hostnameOf(host))).toBe(false);
});

it('a host of very many dots is looked at in no time', () => {
	expect(isInternalHost(`files.example.com${'.'.repeat(200_000)}`)).toBe(false);
	expect(isInternalHost(`localhost${'.'.repeat(200_000)}`)).toBe(true);
	expect(isInternalHost(`${'.'.repeat(200_000)}a`)).toBe(false);
});
