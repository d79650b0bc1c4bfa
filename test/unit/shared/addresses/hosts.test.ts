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
	// Given out for something else than hosts of the internet.
	'0.255.255.255',
	'168.63.129.16',
	'192.0.0.0',
	'192.0.0.255',
	'192.0.2.1',
	'198.18.0.0',
	'198.19.255.255',
	'198.51.100.255',
	'203.0.113.1',
	'224.0.0.1',
	'239.255.255.255',
	'240.0.0.1',
	'255.255.255.255',
	'[::ffff:198.18.0.1]',
	'[fbff::1]',
	'[fdff:ffff::1]',
	'[fec0::1]',
	'[feff::1]',
	'[ff00::1]',
	'[ff02::1]',
	'[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]',
	'[100::1]',
	'[1fff:ffff::1]',
	'[4000::1]',
	'[2001::1]',
	'[2001:0:4136:e378:8000:63bf:3fff:fdd2]',
	'[2001:1ff:ffff::1]',
	'[2001:db8::1]',
	'[2001:db8:ffff::1]',
	'[3fff::1]',
	'[3fff:fff:ffff::1]',
	// IPv6 that leads to an IPv4 address inside.
	'[::2]',
	'[::127.0.0.1]',
	'[::10.0.0.1]',
	'[::ffff:0:127.0.0.1]',
	'[::ffff:0:192.168.0.1]',
	'[64:ff9b::127.0.0.1]',
	'[64:ff9b::10.0.0.1]',
	'[64:ff9b::169.254.169.254]',
	'[64:ff9b:1::8.8.8.8]',
	'[64:ff9b:1:ffff:ffff::1]',
	'[2002:7f00:1::]',
	'[2002:7f00:1::8.8.8.8]',
	'[2002:a00:1::1]',
	'[2002:c0a8:1::1]',
	'[2002:a9fe:a9fe::1]',
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
	'168.63.129.15',
	'168.63.129.17',
	'191.255.255.255',
	'192.0.1.0',
	'192.0.3.0',
	'198.17.255.255',
	'198.20.0.0',
	'198.51.99.255',
	'198.51.101.0',
	'203.0.112.255',
	'203.0.114.0',
	'223.255.255.255',
	// Of these numbers IPv6 ranges have a meaning of their own.
	'32.1.13.184',
	'32.2.127.1',
	'[2000::1]',
	'[2001:200::1]',
	'[2001:db7:ffff::1]',
	'[2001:db9::1]',
	'[2001:4860:4860::8888]',
	'[2003::1]',
	'[2606:4700::1111]',
	'[3ffe:ffff::1]',
	'[3fff:1000::1]',
	'[::ffff:0:8.8.8.8]',
	'[64:ff9b::8.8.8.8]',
	'[64:ff9b::11.0.0.1]',
	'[2002:808:808::1]',
	'[2002:b00:1::127.0.0.1]',
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
	'corp.example.com',
	'mycorp.com',
	'svc.example.com',
	'home.example.com',
	'athome.example',
	'intranet.example.com',
	'localdomain.example',
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

it('a host of very many dots is looked at in no time', () => {
	expect(isInternalHost(`files.example.com${'.'.repeat(200_000)}`)).toBe(false);
	expect(isInternalHost(`localhost${'.'.repeat(200_000)}`)).toBe(true);
	expect(isInternalHost(`${'.'.repeat(200_000)}a`)).toBe(false);
});
