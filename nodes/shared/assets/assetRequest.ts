import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { AssetError, checkedFileUrl } from './assetFile';
import type { Asset } from './assets';

/** Who downloads: the action node, the trigger's execution, or a webhook with which an execution resumes. */
export type AssetContext = IExecuteFunctions | IWebhookFunctions;

export interface AssetLimits {
	/** The largest file that is taken, in bytes. */
	maxBytes: number;
	/** How long one file may take, in seconds. */
	timeoutSeconds: number;
	/** Whether files on this machine or a local network may be asked for: see `checkedFileUrl`. */
	internalHosts: boolean;
}

export const BYTES_PER_MEGABYTE = 1024 * 1024;

const MAX_REDIRECTS = 5;

type Readable = import('stream').Readable;

interface FileAnswer {
	statusCode: number;
	headers: IDataObject;
	body: Readable;
}

/**
 * Opens a file on its host. No credential is sent: the host need not be Fetch Hive's API.
 *
 * @returns the file's bytes, not read yet. Reading them fails with an AssetError as soon as they are too many, however
 * few the host has announced.
 * @throws AssetError when the host refuses it, or says that it is too large.
 * @throws Error of n8n's HTTP client when the connection fails or the signal aborts it.
 */
export async function openAsset(
	context: AssetContext,
	asset: Asset,
	limits: AssetLimits,
	signal: AbortSignal,
): Promise<{ content: Readable; contentType: unknown }> {
	refuseTooLarge(asset.fileSize, limits);
	const { statusCode, headers, body } = await openFile(context, asset, limits, signal);
	if (statusCode === 404 || statusCode === 410) {
		throw new AssetError(`It does not exist any more (status ${statusCode})`);
	}
	if (statusCode !== 200) throw new AssetError(`Its host answered with status ${statusCode}`);
	refuseTooLarge(Number(headers['content-length']), limits);
	return { content: limited(body, limits), contentType: headers['content-type'] };
}

/** Follows redirects itself, so that each address is checked as the first one was. */
async function openFile(
	context: AssetContext,
	asset: Asset,
	{ internalHosts, timeoutSeconds }: AssetLimits,
	abortSignal: AbortSignal,
): Promise<FileAnswer> {
	let url = checkedFileUrl(asset.fileUrl, internalHosts);
	for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
		const answer = (await context.helpers.httpRequest({
			method: 'GET',
			url: url.href,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: timeoutSeconds * 1000,
			abortSignal,
		})) as FileAnswer;
		const target = redirectTarget(answer, url);
		if (target === undefined) return answer;
		url = checkedFileUrl(target, internalHosts);
	}
	throw new AssetError(`It was redirected more than ${MAX_REDIRECTS} times`);
}

function redirectTarget({ statusCode, headers }: FileAnswer, from: URL): string | undefined {
	const { location } = headers;
	if (statusCode < 300 || statusCode >= 400 || typeof location !== 'string') return undefined;
	return URL.canParse(location, from.href) ? new URL(location, from.href).href : location;
}

/** The class comes from the stream itself: n8n does not let community nodes import `stream`. */
function limited(body: Readable, limits: AssetLimits): Readable {
	// Until n8n's store reads it, nobody listens: a connection that breaks meanwhile would end the process.
	body.on('error', () => {});
	const { constructor } = body as unknown as { constructor: typeof import('stream').Readable };
	return constructor.from(counted(body, limits), { objectMode: false });
}

async function* counted(body: Readable, limits: AssetLimits): AsyncGenerator<Uint8Array> {
	let size = 0;
	for await (const chunk of body as AsyncIterable<Uint8Array>) {
		size += chunk.length;
		refuseTooLarge(size, limits);
		yield chunk;
	}
}

function refuseTooLarge(size: number | undefined, { maxBytes }: AssetLimits): void {
	if (size === undefined || !(size > maxBytes)) return;
	const megabytes = maxBytes / BYTES_PER_MEGABYTE;
	throw new AssetError(`It is larger than 'Max Asset Size (MB)' allows (${megabytes} MB)`);
}
