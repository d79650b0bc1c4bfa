import { checkedBaseUrl } from '../../../../nodes/shared/api/credential';
import { parsedUrl } from '../../../../nodes/shared/values/addresses';
import { refusalOf } from '../values/refusalOf';

const DEFAULT = 'https://api.fetchhive.com/v1';

describe('the base URL', () => {
	it.each([
		['the default', DEFAULT, DEFAULT],
		['with a slash at its end', `${DEFAULT}/`, DEFAULT],
		['with several slashes at its end', `${DEFAULT}///`, DEFAULT],
		['with spaces around', `  ${DEFAULT}\n`, DEFAULT],
		['without a path', 'https://api.fetchhive.com', 'https://api.fetchhive.com'],
		['without a path, with a slash', 'https://api.fetchhive.com/', 'https://api.fetchhive.com'],
		['with a port', 'https://proxy.example.com:8443/v1', 'https://proxy.example.com:8443/v1'],
		['in upper case', 'HTTPS://API.FETCHHIVE.COM/v1', DEFAULT],
		['with a deeper path', 'https://proxy.example.com/a/b/v1', 'https://proxy.example.com/a/b/v1'],
		['with a trailing dot', 'https://api.fetchhive.com./v1', 'https://api.fetchhive.com./v1'],
		['of a private address over TLS', 'https://10.0.0.5/v1', 'https://10.0.0.5/v1'],
		['of a .local host over TLS', 'https://hive.local/v1', 'https://hive.local/v1'],
		['of an IPv6 address over TLS', 'https://[2001:db8::1]/v1', 'https://[2001:db8::1]/v1'],
	])('%s is accepted, without a slash at its end', (_, value, expected) => {
		expect(checkedBaseUrl(value)).toBe(expected);
	});

	it.each([
		'http://localhost:8080/v1',
		'http://LOCALHOST/v1',
		'http://localhost./v1',
		'http://api.localhost/v1',
		'http://127.0.0.1:3000/v1',
		'http://127.1/v1',
		'http://0x7f.1/v1',
		'http://2130706433/v1',
		'http://[::1]:3000/v1',
		'http://[::ffff:127.0.0.1]/v1',
		'http://emulator:8080/v1',
		'http://fetch-hive/v1',
		'http://my_container/v1',
	])('%s is accepted: plain http to this machine or to a container', (value) => {
		expect(checkedBaseUrl(value)).toBe(`${new URL(value).origin}/v1`);
	});

	it.each([
		'http://api.fetchhive.com/v1',
		'HTTP://API.FETCHHIVE.COM/v1',
		'http://api.fetchhive.com./v1',
		'http://api.fetchhive.com:443/v1',
		'http://8.8.8.8/v1',
		'http://134744072/v1',
		'http://0x08080808/v1',
		'http://10.0.0.5/v1',
		'http://167772165/v1',
		'http://192.168.1.10/v1',
		'http://172.16.0.1/v1',
		'http://169.254.169.254/v1',
		'http://0.0.0.0/v1',
		'http://hive.local/v1',
		'http://host.docker.internal/v1',
		'http://[2001:db8::1]/v1',
		'http://[::ffff:8.8.8.8]/v1',
		'http://[fd00::1]/v1',
		'http://[::]/v1',
		'http://localhost.example.com/v1',
		'http://127.0.0.1.example.com/v1',
		'http://localhost%2eexample.com/v1',
		'http://example。com/v1',
		' http://api.fetchhive.com/v1',
		'http:\\\\api.fetchhive.com/v1',
		'http:api.fetchhive.com/v1',
	])('%s is refused: the key would travel in the clear', (value) => {
		const refusal = refusalOf(() => checkedBaseUrl(value));
		expect(refusal.message).toContain("'Base URL'");
		expect(refusal.message).toContain('https://');
	});

	it.each([
		['undefined', undefined],
		['null', null],
		['a number', 443],
		['an object', { href: DEFAULT }],
		['a list', [DEFAULT]],
		['a URL object', new URL(DEFAULT)],
		['an empty text', ''],
		['spaces', '   '],
		['a host without a scheme', 'api.fetchhive.com/v1'],
		['a scheme without a host', 'https://'],
		['a relative path', '/v1'],
		['a relative address', '//api.fetchhive.com/v1'],
		['another scheme', 'ftp://api.fetchhive.com/v1'],
		['a file', 'file:///etc/hosts'],
		['a script', 'javascript:alert(1)'],
		['a websocket', 'wss://api.fetchhive.com/v1'],
		['a port out of range', 'https://api.fetchhive.com:99999/v1'],
	])('%s is refused: it is not a web address', (_, value) => {
		const { message, description } = refusalOf(() => checkedBaseUrl(value));
		expect(message).toContain("'Base URL'");
		expect(message).toContain('not a web address');
		expect(description).toContain(DEFAULT);
	});

	it.each([
		['a user name', 'https://user@api.fetchhive.com/v1'],
		['a user name and a password', 'https://user:word@api.fetchhive.com/v1'],
		['only a password', 'https://:word@api.fetchhive.com/v1'],
		['a user name that looks like a local host', 'http://localhost@api.fetchhive.com/v1'],
		['a user name in front of a local host', 'http://user@localhost/v1'],
	])('%s in it is refused', (_, value) => {
		const { message } = refusalOf(() => checkedBaseUrl(value));
		expect(message).toContain("'Base URL'");
		expect(message).not.toContain('word@');
	});

	it.each([
		['a query string', `${DEFAULT}?region=eu`],
		['a query string after a slash', `${DEFAULT}/?region=eu`],
		['a fragment', `${DEFAULT}#top`],
	])('%s never stands between it and the path of a request', (_, value) => {
		expect(checkedBaseUrl(value)).toBe(DEFAULT);
	});
});

describe('an address', () => {
	it('is parsed when it is absolute', () => {
		expect(parsedUrl('https://n8n.example.com/webhook/1')?.hostname).toBe('n8n.example.com');
	});

	it.each(['', '/webhook/1', 'n8n.example.com', 'https://', 'https://a b/'])(
		'is undefined when it is not: %p',
		(text) => {
			expect(parsedUrl(text)).toBeUndefined();
		},
	);
});
