import {
	isBareName,
	isInternalHost,
	isLoopbackHost,
} from '../../../../nodes/shared/addresses/hosts';

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
	'[2001:db8::1]',
	'[2606:4700::1111]',
	'[::ffff:8.8.8.8]',
	'[::ffff:172.15.0.1]',
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
];

it.each(LOOPBACK)('%s is this machine, which only a local network reaches', (host) => {
	expect(isLoopbackHost(hostnameOf(host))).toBe(true);
	expect(isInternalHost(hostnameOf(host))).toBe(true);
});

it.each(BARE)('%s is a bare name, which only a local network resolves', (host) => {
	expect(isBareName(hostnameOf(host))).toBe(true);
	expect(isInternalHost(hostnameOf(host))).toBe(true);
	expect(isLoopbackHost(hostnameOf(host))).toBe(false);
});

it.each(PRIVATE)('%s belongs to a local network and is not this machine', (host) => {
	expect(isInternalHost(hostnameOf(host))).toBe(true);
	expect(isLoopbackHost(hostnameOf(host))).toBe(false);
	expect(isBareName(hostnameOf(host))).toBe(false);
});

it.each(PUBLIC)('%s is public', (host) => {
	expect(isInternalHost(hostnameOf(host))).toBe(false);
	expect(isLoopbackHost(hostnameOf(host))).toBe(false);
	expect(isBareName(hostnameOf(host))).toBe(false);
});
