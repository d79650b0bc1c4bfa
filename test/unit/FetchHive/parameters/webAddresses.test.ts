import type { IExecuteFunctions } from 'n8n-workflow';

import { attachmentProtocols } from '../../../../nodes/FetchHive/parameters/attachments';
import {
	checkedAddress,
	checkedAddresses,
} from '../../../../nodes/FetchHive/parameters/webAddresses';
import { readSources } from '../../../../nodes/FetchHive/actions/hiveAgent/sources';
import { refusalOf } from '../../shared/values/refusalOf';

const PUBLIC_API = 'https://api.fetchhive.com/v1';
const FILE = 'https://example.com/report.pdf';

const attachmentUrls = (value: unknown, baseUrl: string) =>
	checkedAddresses(value, "'Attachment URLs'", attachmentProtocols(baseUrl));

/** What a Hive Agent's run is sent of this value of 'Website URLs'. */
function websiteUrls(value: unknown) {
	const getNodeParameter = (path: string, _itemIndex: number, fallback: unknown) =>
		path.endsWith('.websiteUrls') ? value : fallback;
	return readSources({ getNodeParameter } as unknown as IExecuteFunctions, 0)?.website_urls;
}

describe('the attachments of a message', () => {
	it.each<[string, unknown]>([
		['with commas in it', 'https://example.com/a,b,c.png'],
		['with a query and a fragment', 'https://example.com/a?b=%2F&c=1#d'],
	])('keep an address as it was given: %s', (_, address) => {
		expect(attachmentUrls([address], PUBLIC_API)).toEqual([address]);
	});

	it.each([
		['HTTPS://EXAMPLE.COM/A', 'https://example.com/A'],
		[
			'https://exämple.com/ü.png?q=ü%20#é',
			'https://xn--exmple-cua.com/%C3%BC.png?q=%C3%BC%20#%C3%A9',
		],
		['https://example.com', 'https://example.com/'],
	])('are encoded as a request needs them: %s', (address, sent) => {
		expect(attachmentUrls(address, PUBLIC_API)).toEqual([sent]);
		expect(checkedAddress(address, 'It', attachmentProtocols(PUBLIC_API))).toBe(sent);
		expect(websiteUrls(address)).toEqual([sent]);
	});

	it.each([
		`${FILE},https://example.com/b`,
		`${FILE}, https://example.com/b`,
		`${FILE} ,\nhttps://example.com/b,`,
		`${FILE}\r\nhttps://example.com/b\r\n`,
	])('may be written as one text: %j', (text) => {
		expect(attachmentUrls(text, PUBLIC_API)).toEqual([FILE, 'https://example.com/b']);
	});

	it.each([undefined, '', [], ['']])('may be none: %j', (value) => {
		expect(attachmentUrls(value, PUBLIC_API)).toEqual([]);
	});

	it.each([
		'report.pdf',
		'/report.pdf',
		'//example.com/report.pdf',
		'example.com/report.pdf',
		'https://',
		'https://example.com/my report.pdf',
		'ftp://example.com/a',
		'data:text/plain,a',
		'file:///etc/passwd',
		'javascript:alert(1)',
	])('are refused, by place and text, where one is no web address: %s', (address) => {
		const { message, description } = refusalOf(() => attachmentUrls([FILE, address], PUBLIC_API));
		expect(message).toContain(`'Attachment URLs': address 2 is not a web address: ${address}`);
		expect(description).toContain('https://');
	});

	it('are refused where one goes over plain http', () => {
		const { message } = refusalOf(() => attachmentUrls('http://example.com/a', PUBLIC_API));
		expect(message).toBe(
			"'Attachment URLs': address 1 must start with https://: http://example.com/a",
		);
	});

	it('may go over plain http to a stand-in on this machine', () => {
		const urls = ['http://127.0.0.1:9000/a.png', 'http://example.com/a'];
		expect(attachmentUrls(urls, 'http://127.0.0.1:8787/v1')).toEqual(urls);
		expect(refusalOf(() => attachmentUrls('ftp://a/b', 'http://emulator/v1')).message).toContain(
			'is not a web address',
		);
	});

	it('are quoted only as far as it helps', () => {
		const { message } = refusalOf(() => attachmentUrls('x'.repeat(5_000), PUBLIC_API));
		expect(message.length).toBeLessThan(200);
	});
});

describe('the web pages of a run', () => {
	it('may go over http and https, and be as many as wanted', () => {
		const urls = ['http://example.com/', ...Array<string>(9).fill('https://example.com/a')];
		expect(websiteUrls(urls)).toEqual(urls);
	});

	it('may be none', () => {
		expect(websiteUrls('')).toBeUndefined();
	});

	it.each(['example.com', 'ftp://example.com'])('are refused where one is %s', (address) => {
		const { message } = refusalOf(() => websiteUrls([address]));
		expect(message).toBe(`'Website URLs': address 1 is not a web address: ${address}`);
	});
});
