import { checkedCallbackUrl } from '../../../../nodes/FetchHive/parameters/callbackUrl';
import { refusalOf } from '../../shared/values/refusalOf';

const PUBLIC_API = 'https://api.fetchhive.com/v1';

const LOCAL_CALLBACKS = [
	'https://localhost/webhook/1',
	'http://localhost:5678/webhook/1',
	'https://localhost./webhook/1',
	'https://n8n.localhost/webhook/1',
	'http://127.0.0.1:5678/webhook/1',
	'https://0x7f.1/webhook/1',
	'https://2130706433/webhook/1',
	'https://[::1]:5678/webhook/1',
	'https://[::ffff:127.0.0.1]/webhook/1',
	'https://0.0.0.0:5678/webhook/1',
	'https://10.1.2.3/webhook/1',
	'https://172.20.0.2/webhook/1',
	'https://192.168.1.10:5678/webhook/1',
	'https://169.254.1.1/webhook/1',
	'https://[fd00::1]/webhook/1',
	'https://[fe80::1]/webhook/1',
	'https://[::ffff:10.0.0.1]/webhook/1',
	'https://n8n.local/webhook/1',
	'https://n8n.local./webhook/1',
	'http://n8n:5678/webhook/1',
	'https://n8n/webhook/1',
	'https://host.docker.internal/webhook/1',
	'https://n8n.example.com@10.0.0.1/webhook/1',
];

describe('with the public API', () => {
	it.each([
		'https://n8n.example.com/webhook/1a2b/webhook',
		'https://n8n.example.com:8443/webhook/1',
		'https://n8n.example.com:443/webhook/1',
		'https://n8n.example.com',
		'https://N8N.Example.COM/Webhook/1',
		'HTTPS://n8n.example.com/webhook/1',
		'https://n8n.example.com./webhook/1',
		'https://n8n.example.com//a/../b//',
		'https://n8n.example.com/webhook/1?b=2&a=1&a=%20+#part',
		'https://n8n.example.com/webhook/ü 🐝',
		'https://user:word@n8n.example.com/webhook/1',
		'https://localhost@n8n.example.com/webhook/1',
		'https://bücher.example/webhook/1',
		'https://8.8.8.8/webhook/1',
		'https://[2606:4700::1]/webhook/1',
		'https://localhost.example.com/webhook/1',
	])('%s is passed on exactly as given', (url) => {
		expect(checkedCallbackUrl(url, PUBLIC_API)).toEqual({ url });
	});

	it('spaces around an address are no part of it', () => {
		const url = 'https://n8n.example.com/webhook/1';
		expect(checkedCallbackUrl(`  ${url}\n`, PUBLIC_API)).toEqual({ url });
	});

	it.each(LOCAL_CALLBACKS)('%s is refused: Fetch Hive cannot reach it', (url) => {
		const { message, description } = refusalOf(() => checkedCallbackUrl(url, PUBLIC_API));
		expect(message).toContain("'Callback URL'");
		expect(message).toContain('cannot reach');
		expect(message).toContain(new URL(url).hostname);
		expect(description).toContain('N8N_WEBHOOK_URL (WEBHOOK_URL in older versions)');
	});

	it.each(['http://n8n.example.com/webhook/1', 'HTTP://8.8.8.8/webhook/1'])(
		'%s is refused: Fetch Hive calls back over HTTPS only',
		(url) => {
			const { message } = refusalOf(() => checkedCallbackUrl(url, PUBLIC_API));
			expect(message).toContain("'Callback URL'");
			expect(message).toContain('https://');
		},
	);
});

describe.each([
	'http://localhost:8080/v1',
	'http://127.0.0.1:8080/v1',
	'http://[::1]:8080/v1',
	'http://emulator:8080/v1',
	'https://10.0.0.5/v1',
	'https://hive.local/v1',
])('with a stand-in of the API at %s', (localApi) => {
	it.each([...LOCAL_CALLBACKS, 'http://n8n.example.com/webhook/1'])(
		'%s is passed on exactly as given',
		(url) => {
			expect(checkedCallbackUrl(url, localApi)).toEqual({ url });
		},
	);
});

describe.each([PUBLIC_API, 'http://localhost:8080/v1'])('with the API at %s', (baseUrl) => {
	it.each([
		['undefined', undefined],
		['null', null],
		['a number', 5678],
		['an object', {}],
		['an empty text', ''],
		['spaces', '  '],
		['a path', '/webhook/1'],
		['an address without a scheme', 'n8n.example.com/webhook/1'],
		['a scheme without a host', 'https://'],
		['another scheme', 'ftp://n8n.example.com/webhook/1'],
		['a script', 'javascript:alert(1)'],
	])('%s is refused', (_, value) => {
		const { message } = refusalOf(() => checkedCallbackUrl(value, baseUrl));
		expect(message).toMatch(/'Callback URL' is (?:empty|not a web address)/);
	});

	it.each([
		'https://n8n.example.com/webhook-test/1a2b/webhook',
		'https://n8n.example.com/below/webhook-test/1',
		'HTTPS://N8N.example.com:443/webhook-test/ü?b=2&a=%20',
	])('%s is accepted with a hint that it is a test URL', (url) => {
		const target = checkedCallbackUrl(url, baseUrl);
		expect(target.url).toBe(url);
		expect(target.hint).toMatch(/test URL.*Production URL/);
	});

	it.each([
		'https://n8n.example.com/webhook/1?from=/webhook-test/1',
		'https://webhook-test.example.com/webhook/1',
		'https://n8n.example.com/webhook-waiting/12',
		'https://n8n.example.com/webhook/webhook-tests',
	])('%s is accepted without a hint', (url) => {
		expect(checkedCallbackUrl(url, baseUrl)).toEqual({ url });
	});
});
