import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { Readable } from '../api/responseBody';
import { BYTES_PER_MEGABYTE } from '../api/responseBody';
import { parsedUrl } from '../values/addresses';
import type { Asset, InternalFiles } from './assetFile';
import { AssetError, checkedFileUrl } from './assetFile';

/** The action node, the trigger's execution, or the webhook that resumes an execution. */
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
 * @param total The size of the files before this one. This file is added when all of it has been read.
 * @returns the file's bytes, not read yet. Reading them fails with an AssetError as soon as they are too many, whatever
 * size the host has announced.
 * @throws AssetError when the host refuses it, or announces a size that is too large.
 * @throws Error from n8n's HTTP client when the connection fails or the signal aborts it.
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

/** Follows redirects itself, so that every address is checked. */
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

export interface SizeLimits {
	/** The largest file that is taken, in bytes. */
	maxBytes: number;
	/** How much all files of an item may be together, in bytes. */
	maxTotalBytes: number;
}

/** The size of all files of one item that have been read so far. */
export interface AssetTotal {
	bytes: number;
}

/**
 * A file's bytes, cut off with an AssetError as soon as they are too many.
 *
 * @param total The file's size is added when all of it has been read.
 */
function limited(body: Readable, limits: SizeLimits, total: AssetTotal): Readable {
	// An 'error' event without a listener ends the process, and n8n's store listens only once it reads.
	body.on('error', () => {});
	// Taken from the stream itself, because community nodes must not import `stream`.
	const { constructor } = body as unknown as { constructor: typeof import('stream').Readable };
	return constructor.from(checkedChunks(body, limits, total), { objectMode: false });
}

async function* checkedChunks(
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
 * @param size In bytes; undefined or NaN when it is unknown.
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
