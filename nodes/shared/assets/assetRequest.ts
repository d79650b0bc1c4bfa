import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { parsedUrl } from '../values/addresses';
import type { Asset, InternalFiles } from './assetFile';
import { AssetError, checkedFileUrl } from './assetFile';

/** Who downloads: the action node, the trigger's execution, or a webhook with which an execution resumes. */
export type AssetContext = IExecuteFunctions | IWebhookFunctions;

export interface AssetLimits extends SizeLimits {
	/** How long all files of an item may take together, in seconds. */
	timeoutSeconds: number;
	internalFiles: InternalFiles;
}

const MAX_REDIRECTS = 5;

interface FileResponse {
	statusCode: number;
	headers: IDataObject;
	body: Readable;
}

/**
 * Opens a file on its host. No credential is sent: the host need not be Fetch Hive's API.
 *
 * @param total Of the files before this one; grows by this one once all of it has been read.
 * @returns the file's bytes, not read yet. Reading them fails with an AssetError as soon as they are too many, however
 * few the host has announced.
 * @throws AssetError when the host refuses it, or says that it is too large.
 * @throws Error of n8n's HTTP client when the connection fails or the signal aborts it.
 */
export async function openAsset(
	context: AssetContext,
	asset: Asset,
	limits: AssetLimits,
	total: AssetTotal,
	signal: AbortSignal,
): Promise<{ content: Readable; contentType: unknown }> {
	refuseTooLarge(asset.fileSize, limits, total);
	const { statusCode, headers, body } = await openFile(context, asset, limits, signal);
	refuseStatus(statusCode);
	refuseTooLarge(Number(headers['content-length']), limits, total);
	return { content: limited(body, limits, total), contentType: headers['content-type'] };
}

function refuseStatus(statusCode: number): void {
	if (statusCode === 200) return;
	if (statusCode === 404 || statusCode === 410) {
		throw new AssetError(`It does not exist any more (status ${statusCode})`);
	}
	if (statusCode === 403) {
		throw new AssetError(
			'Its host refused it (status 403): its address may have expired. Fetch files soon after the run, or look the run up again',
		);
	}
	throw new AssetError(`Its host answered with status ${statusCode}`);
}

/** Follows redirects itself, so that each address is checked as the first one was. */
async function openFile(
	context: AssetContext,
	asset: Asset,
	{ internalFiles, timeoutSeconds }: AssetLimits,
	abortSignal: AbortSignal,
): Promise<FileResponse> {
	let url = checkedFileUrl(asset.fileUrl, internalFiles);
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
		})) as FileResponse;
		const target = redirectTarget(answer, url);
		if (target === undefined) return answer;
		url = checkedFileUrl(target, internalFiles);
	}
	throw new AssetError(`It was redirected more than ${MAX_REDIRECTS} times`);
}

function redirectTarget({ statusCode, headers }: FileResponse, from: URL): string | undefined {
	const { location } = headers;
	if (statusCode < 300 || statusCode >= 400 || typeof location !== 'string') return undefined;
	return parsedUrl(location, from.href)?.href ?? location;
}

export const BYTES_PER_MEGABYTE = 1024 * 1024;

export type Readable = import('stream').Readable;

export interface SizeLimits {
	/** The largest file that is taken, in bytes. */
	maxBytes: number;
	/** How much all files of an item may be together, in bytes. */
	maxTotalBytes: number;
}

/** How much the files of one item are together, as far as they have been read. */
export interface AssetTotal {
	bytes: number;
}

/**
 * A file's bytes, cut off with an AssetError as soon as they are too many.
 *
 * @param total Grows by the file once all of it has been read.
 */
function limited(body: Readable, limits: SizeLimits, total: AssetTotal): Readable {
	// Until n8n's store reads it, nobody listens: a connection that breaks meanwhile would end the process.
	body.on('error', () => {});
	// The class comes from the stream itself: n8n does not let community nodes import `stream`.
	const { constructor } = body as unknown as { constructor: typeof import('stream').Readable };
	return constructor.from(counted(body, limits, total), { objectMode: false });
}

async function* counted(
	body: Readable,
	limits: SizeLimits,
	total: AssetTotal,
): AsyncGenerator<Uint8Array> {
	let size = 0;
	for await (const chunk of body as AsyncIterable<Uint8Array>) {
		size += chunk.length;
		refuseTooLarge(size, limits, total);
		yield chunk;
	}
	total.bytes += size;
}

/**
 * Refuses a file that is too large by itself, or together with those before it.
 *
 * @param size In bytes; undefined or NaN, where nobody has said it, is not too large.
 * @throws AssetError that names the option.
 */
function refuseTooLarge(
	size: number | undefined,
	{ maxBytes, maxTotalBytes }: SizeLimits,
	total: AssetTotal,
): void {
	if (size === undefined) return;
	if (size > maxBytes) {
		throw new AssetError(
			`It is larger than 'Max Asset Size (MB)' allows (${maxBytes / BYTES_PER_MEGABYTE} MB)`,
		);
	}
	if (total.bytes + size > maxTotalBytes) {
		throw new AssetError(
			`With it the files of this item would be larger than 'Max Total Asset Size (MB)' allows (${maxTotalBytes / BYTES_PER_MEGABYTE} MB)`,
		);
	}
}
