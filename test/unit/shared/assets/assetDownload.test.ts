import type { IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';

import { downloadAssets } from '../../../../nodes/shared/assets/assetDownload';
import { brokenStream, readLater, streamOf } from './streams';

const BYTES = Buffer.from('the bytes of a file');
const LIMITS = { maxBytes: 1024, timeoutSeconds: 5, internalHosts: false };
const FILE = 'https://uploads.fetchhive.com/a.png?signature=s3cret';
const item = { request_id: 'req_1', output: { assets: [{ file_url: FILE }] } };

type Body = ReturnType<typeof streamOf>;
type Answer = { statusCode: number; headers?: object; chunks?: Buffer[]; body?: () => Body };

let requests: IHttpRequestOptions[];
let stored: unknown[][];

beforeEach(() => {
	requests = [];
	stored = [];
});

/** The webhook with which an execution resumes, and a host that gives these answers one after the other. */
function webhookContext(answers: Array<Answer | Error>, store?: () => never) {
	const helpers = {
		async httpRequest(options: IHttpRequestOptions) {
			requests.push(options);
			const answer = answers[Math.min(requests.length, answers.length) - 1];
			if (answer instanceof Error) throw answer;
			const { statusCode, headers = {}, chunks = [BYTES], body = () => streamOf(chunks) } = answer;
			return { statusCode, headers, body: body() };
		},
		async prepareBinaryData(content: Body, ...described: unknown[]) {
			store?.();
			stored.push([await readLater(content), ...described]);
			return { data: 'stored', mimeType: described[1] };
		},
	};
	return { helpers } as unknown as IWebhookFunctions;
}

const redirect = (location: string) => ({ statusCode: 302, headers: { location } });
const messageOf = ({ json }: Awaited<ReturnType<typeof downloadAssets>>) =>
	(json.asset_errors as Array<{ message: string }>)[0].message;

it('brings the files of an item that a webhook gives', async () => {
	const context = webhookContext([{ statusCode: 200, headers: { 'content-type': 'image/png' } }]);
	expect(await downloadAssets(context, item, LIMITS)).toEqual({
		json: item,
		binary: { asset_0: { data: 'stored', mimeType: 'image/png' } },
	});
	expect(stored).toEqual([[BYTES, 'a.png', 'image/png']]);
});

it('asks for a file with no header of its own and closes every connection', async () => {
	await downloadAssets(webhookContext([{ statusCode: 200 }]), item, LIMITS);
	expect(requests).toMatchObject([{ method: 'GET', url: FILE, timeout: 5000 }]);
	// A redirect that n8n followed by itself would go to an address that nobody has checked.
	expect(requests[0]).toHaveProperty('disableFollowRedirect', true);
	expect(requests[0]).not.toHaveProperty('headers');
	expect(requests[0]).not.toHaveProperty('auth');
	expect(requests[0].abortSignal?.aborted).toBe(true);
});

it('does nothing where no files are wanted, or none are described', async () => {
	const context = webhookContext([]);
	expect(await downloadAssets(context, item, undefined)).toEqual({ json: item });
	expect(await downloadAssets(context, { output: 'text' }, LIMITS)).toEqual({
		json: { output: 'text' },
	});
	expect(requests).toEqual([]);
});

it('follows a redirect, relative to where it stands', async () => {
	const answers = [redirect('https://cdn.example.com/x/'), redirect('../y'), { statusCode: 200 }];
	await downloadAssets(webhookContext(answers), item, LIMITS);
	expect(requests.map(({ url }) => url)).toEqual([
		FILE,
		'https://cdn.example.com/x/',
		'https://cdn.example.com/y',
	]);
	expect(stored).toHaveLength(1);
});

it.each([
	['http://169.254.169.254/latest/meta-data/', 'on this machine or a local network'],
	['https://localhost/', 'on this machine or a local network'],
	['http://cdn.example.com/', 'https://'],
	['file:///etc/passwd', 'not a web address'],
	['https://user:pass@cdn.example.com/', 'a user name or a password'],
])('does not follow a redirect to %s', async (location, message) => {
	const downloaded = await downloadAssets(webhookContext([redirect(location)]), item, LIMITS);
	expect(messageOf(downloaded)).toContain(message);
	expect(requests).toHaveLength(1);
});

it('gives up a file that is redirected without end', async () => {
	const downloaded = await downloadAssets(webhookContext([redirect(FILE)]), item, LIMITS);
	expect(messageOf(downloaded)).toBe('It was redirected more than 5 times.');
	expect(requests).toHaveLength(6);
});

it.each<[string, Answer | Error, string]>([
	['its host fails', { statusCode: 500 }, 'Its host answered with status 500.'],
	['it is not for n8n', { statusCode: 403 }, 'Its host answered with status 403.'],
	['only a part comes', { statusCode: 206 }, 'Its host answered with status 206.'],
	['a redirect leads nowhere', { statusCode: 304 }, 'Its host answered with status 304.'],
	[
		'its length is said to be too large',
		{ statusCode: 200, headers: { 'content-length': '1025' } },
		"It is larger than 'Max Asset Size (MB)' allows (0.0009765625 MB).",
	],
	[
		'its bytes become too many',
		{ statusCode: 200, chunks: [Buffer.alloc(1024), Buffer.alloc(1)] },
		"It is larger than 'Max Asset Size (MB)' allows (0.0009765625 MB).",
	],
	[
		'the connection fails',
		Object.assign(new Error('wrapped'), { cause: { code: 'ENOTFOUND' } }),
		'The download failed: ENOTFOUND.',
	],
	[
		'the connection breaks before the store reads',
		{ statusCode: 200, body: brokenStream },
		'The download failed: ECONNRESET.',
	],
	[
		"n8n's protection of the local network refuses it",
		new Error(`Request to ${FILE} was blocked`),
		'The download failed: Request to *** was blocked.',
	],
])('keeps the result and stores nothing when %s', async (_case, answer, message) => {
	const downloaded = await downloadAssets(webhookContext([answer]), item, LIMITS);
	expect(downloaded).toEqual({
		json: { ...item, asset_errors: [{ asset: 'asset_0', name: 'a.png', message }] },
	});
	expect(JSON.stringify(downloaded.json.asset_errors)).not.toContain('s3cret');
	expect(stored).toEqual([]);
});

it('takes a file of exactly the largest size', async () => {
	const context = webhookContext([{ statusCode: 200, chunks: [Buffer.alloc(1024)] }]);
	expect(await downloadAssets(context, item, LIMITS)).toHaveProperty('binary.asset_0');
});

it("keeps the result when n8n's store of files does not work", async () => {
	const context = webhookContext([{ statusCode: 200 }], () => {
		throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
	});
	expect(messageOf(await downloadAssets(context, item, LIMITS))).toBe(
		'The download failed: ENOSPC.',
	);
});
