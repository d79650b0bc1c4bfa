import type { IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';

import { downloadAssets } from '../../../../nodes/shared/assets/assetDownload';
import type { AssetLimits } from '../../../../nodes/shared/assets/assetRequest';
import { brokenStream, readLater, streamOf } from './streams.js';

const BYTES = Buffer.from('the bytes of a file');
const LIMITS: AssetLimits = {
	maxBytes: 1024,
	maxTotalBytes: 2048,
	timeoutSeconds: 5,
	internalFiles: 'none',
};
const SECRETS = ['fhk_live_of_this_test', 'whsec_of_this_test'];
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
afterEach(() => {
	jest.restoreAllMocks();
});

/** The webhook with which an execution resumes, and a host that gives these answers one after the other. */
function webhookContext(answers: Array<Answer | Error>, store?: () => void) {
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
	expect(await downloadAssets(context, item, LIMITS, SECRETS)).toEqual({
		json: item,
		binary: { asset_0: { data: 'stored', mimeType: 'image/png' } },
	});
	expect(stored).toEqual([[BYTES, 'a.png', 'image/png']]);
});

it('asks for a file with no header of its own and closes every connection', async () => {
	await downloadAssets(webhookContext([{ statusCode: 200 }]), item, LIMITS, SECRETS);
	expect(requests).toMatchObject([{ method: 'GET', url: FILE, timeout: 5000 }]);
	// A redirect that n8n followed by itself would go to an address that nobody has checked.
	expect(requests[0]).toHaveProperty('disableFollowRedirect', true);
	expect(requests[0]).not.toHaveProperty('headers');
	expect(requests[0]).not.toHaveProperty('auth');
	expect(requests[0].abortSignal?.aborted).toBe(true);
});

it('does nothing where none are described', async () => {
	const context = webhookContext([]);
	expect(await downloadAssets(context, { output: 'text' }, LIMITS, SECRETS)).toEqual({
		json: { output: 'text' },
	});
	expect(requests).toEqual([]);
});

it('follows a redirect, relative to where it stands', async () => {
	const answers = [redirect('https://cdn.example.com/x/'), redirect('../y'), { statusCode: 200 }];
	await downloadAssets(webhookContext(answers), item, LIMITS, SECRETS);
	expect(requests.map(({ url }) => url)).toEqual([
		FILE,
		'https://cdn.example.com/x/',
		'https://cdn.example.com/y',
	]);
	expect(stored).toHaveLength(1);
});

it.each([
	['http://169.254.169.254/latest/meta-data/', "a cloud's metadata service"],
	['https://localhost/', 'a name of a local network'],
	['http://cdn.example.com/', 'https://'],
	['file:///etc/passwd', 'not a web address'],
	['https://user:pass@cdn.example.com/', 'a user name or a password'],
])('does not follow a redirect to %s', async (location, message) => {
	const downloaded = await downloadAssets(
		webhookContext([redirect(location)]),
		item,
		LIMITS,
		SECRETS,
	);
	expect(messageOf(downloaded)).toContain(message);
	expect(requests).toHaveLength(1);
});

it.each([
	['https://10.0.0.1/', { origin: 'https://10.0.0.2' }],
	['http://169.254.169.254/', 'all'],
] as const)('checks a redirect as it checked the first address: %s', async (location, allowed) => {
	const limits = { ...LIMITS, internalFiles: allowed };
	const downloaded = await downloadAssets(
		webhookContext([redirect(location)]),
		item,
		limits,
		SECRETS,
	);
	expect(downloaded.json.asset_errors).toHaveLength(1);
	expect(requests).toHaveLength(1);
});

it('gives up a file that is redirected without end', async () => {
	const downloaded = await downloadAssets(webhookContext([redirect(FILE)]), item, LIMITS, SECRETS);
	expect(messageOf(downloaded)).toBe('It was redirected more than 5 times.');
	expect(requests).toHaveLength(6);
});

it.each<[string, Answer | Error, string]>([
	['its host fails', { statusCode: 500 }, 'Its host answered with status 500.'],
	[
		'its host refuses it',
		{ statusCode: 403 },
		'Its host refused it (status 403): its address may have expired. Fetch files soon after the run, or look the run up again.',
	],
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
	const downloaded = await downloadAssets(webhookContext([answer]), item, LIMITS, SECRETS);
	expect(downloaded).toEqual({
		json: { ...item, asset_errors: [{ asset: 'asset_0', name: 'a.png', message }] },
	});
	expect(JSON.stringify(downloaded.json.asset_errors)).not.toContain('s3cret');
	expect(stored).toEqual([]);
});

it('takes a file of exactly the largest size', async () => {
	const context = webhookContext([{ statusCode: 200, chunks: [Buffer.alloc(1024)] }]);
	expect(await downloadAssets(context, item, LIMITS, SECRETS)).toHaveProperty('binary.asset_0');
});

describe('of many files', () => {
	/** An item that lists so many files: a few bytes for each. */
	const itemWith = (count: number) => ({
		output: { assets: Array.from({ length: count }, (_entry, i) => ({ file_url: fileAt(i) })) },
	});
	const fileAt = (index: number) => `https://uploads.fetchhive.com/a.png?${index}`;
	const errorsOf = ({ json }: Awaited<ReturnType<typeof downloadAssets>>) =>
		(json.asset_errors ?? []) as Array<{ asset: string; message: string }>;
	const storedBytes = () =>
		stored.reduce((bytes, [content]) => bytes + (content as Buffer).length, 0);
	const overTotal =
		"With it the files of this item would be larger than 'Max Total Asset Size (MB)' allows (0.001953125 MB).";

	it('takes 20', async () => {
		const context = webhookContext([{ statusCode: 200 }]);
		expect(errorsOf(await downloadAssets(context, itemWith(20), LIMITS, SECRETS))).toEqual([]);
		expect(stored).toHaveLength(20);
	});

	it.each([21, 5000])('says once that of %i only 20 are taken', async (count) => {
		const context = webhookContext([{ statusCode: 200 }]);
		const downloaded = await downloadAssets(context, itemWith(count), LIMITS, SECRETS);
		const message = `Only the first 20 of the ${count} files are downloaded.`;
		expect(errorsOf(downloaded)).toEqual([{ asset: 'asset_20', name: 'a.png', message }]);
		expect(Object.keys(downloaded.binary ?? {})).toHaveLength(20);
		expect(requests).toHaveLength(20);
	});

	it.each([
		['have announced', { 'content-length': '1000' }],
		['have not announced', {}],
	])('takes no more than the total, which its hosts %s', async (_case, headers) => {
		const file = { statusCode: 200, headers, chunks: [Buffer.alloc(500), Buffer.alloc(500)] };
		const json = itemWith(20);
		const downloaded = await downloadAssets(webhookContext([file]), json, LIMITS, SECRETS);
		expect(storedBytes()).toBe(2000);
		expect(Object.keys(downloaded.binary ?? {})).toEqual(['asset_0', 'asset_1']);
		expect(errorsOf(downloaded)).toHaveLength(18);
		expect(errorsOf(downloaded)[0]).toEqual({
			asset: 'asset_2',
			name: 'a.png',
			message: overTotal,
		});
	});

	it('does not ask for one that is said to be too large for the rest of the total', async () => {
		const assets = [1000, 1000, 1000].map((file_size, i) => ({ file_url: fileAt(i), file_size }));
		const context = webhookContext([{ statusCode: 200, chunks: [Buffer.alloc(1000)] }]);
		const downloaded = await downloadAssets(context, { output: { assets } }, LIMITS, SECRETS);
		expect(errorsOf(downloaded)).toMatchObject([{ asset: 'asset_2', message: overTotal }]);
		expect(requests).toHaveLength(2);
	});

	it('still takes a small one behind one that is too large for the total', async () => {
		const sizes = [1000, 1000, 1000, 48];
		const context = webhookContext(
			sizes.map((size) => ({ statusCode: 200, chunks: [Buffer.alloc(size)] })),
		);
		const downloaded = await downloadAssets(context, itemWith(4), LIMITS, SECRETS);
		expect(Object.keys(downloaded.binary ?? {})).toEqual(['asset_0', 'asset_1', 'asset_3']);
		expect(storedBytes()).toBe(LIMITS.maxTotalBytes);
	});

	it('does not count what is left out, whichever limit it met', async () => {
		const chunks = Array<Buffer>(11).fill(Buffer.alloc(100));
		const context = webhookContext([
			{ statusCode: 200, chunks },
			{ statusCode: 200, chunks: [Buffer.alloc(1024)] },
		]);
		const downloaded = await downloadAssets(context, itemWith(3), LIMITS, SECRETS);
		expect(Object.keys(downloaded.binary ?? {})).toEqual(['asset_1', 'asset_2']);
	});

	it('gives all of them one deadline', async () => {
		const timer = new AbortController();
		const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(timer.signal);
		const endTime = () => {
			timer.abort();
			throw new Error('aborted');
		};
		const context = webhookContext([{ statusCode: 200 }], () => {
			if (stored.length === 1) endTime();
		});
		const downloaded = await downloadAssets(context, itemWith(4), LIMITS, SECRETS);
		expect(timeout.mock.calls).toEqual([[5000]]);
		const message = 'The files of this item took longer than 5 s together.';
		expect(errorsOf(downloaded)).toEqual(
			['asset_1', 'asset_2', 'asset_3'].map((asset) => ({ asset, name: 'a.png', message })),
		);
		// What did not fit into the time is not even asked for.
		expect(requests).toHaveLength(2);
	});
});

it("keeps the result when n8n's store of files does not work", async () => {
	const context = webhookContext([{ statusCode: 200 }], () => {
		throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
	});
	expect(messageOf(await downloadAssets(context, item, LIMITS, SECRETS))).toBe(
		'The download failed: ENOSPC.',
	);
});

describe.each(SECRETS)('a secret in a file (%s)', (secret) => {
	const encoded = `%${secret.charCodeAt(0).toString(16)}${secret.slice(1)}`;
	const hidden = `${secret.slice(0, 2)}\u200b${secret.slice(2)}`;
	it.each([
		['its address', { file_url: `https://uploads.fetchhive.com/${encoded}.png` }],
		['its name', { file_url: FILE, file_name: `${hidden}.png` }],
	])('does not become readable in the name, the errors or the hint: %s', async (_, asset) => {
		const json = { output: { assets: [asset] } };
		const headers = { 'content-type': `image/${secret}` };
		await downloadAssets(webhookContext([{ statusCode: 200, headers }]), json, LIMITS, SECRETS);
		expect(stored).toEqual([[BYTES, '***.png', undefined]]);
		const addExecutionHints = jest.fn();
		const context = { ...webhookContext([{ statusCode: 404 }]), addExecutionHints };
		const failed = await downloadAssets(context, json, LIMITS, SECRETS);
		expect(failed.json.asset_errors).toMatchObject([{ name: '***.png' }]);
		expect(JSON.stringify(addExecutionHints.mock.calls)).not.toContain(secret);
	});

	it('does not become readable in what is said of its host', async () => {
		const json = { output: { assets: [{ file_url: `https://${encoded}.internal/a.png` }] } };
		const { json: failed } = await downloadAssets(webhookContext([]), json, LIMITS, SECRETS);
		expect(JSON.stringify(failed.asset_errors)).toContain('(***.internal)');
	});
});
