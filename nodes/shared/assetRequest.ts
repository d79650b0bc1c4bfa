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

interface FileAnswer {
	statusCode: number;
	headers: IDataObject;
	body: AsyncIterable<Uint8Array>;
}

/**
 * Reads a file from its host. No credential is sent: the host need not be Fetch Hive's API.
 *
 * The file is gathered in memory and not handed to n8n as a stream. n8n's in-memory, S3 and database stores do the
 * same; a stream that breaks before its store listens would end the process; and a file that turns out too large is
 * so never stored in part.
 *
 * @throws AssetError when the host refuses it, or it is too large.
 * @throws Error of n8n's HTTP client when the connection fails or the signal aborts it.
 */
export async function readAsset(
	context: AssetContext,
	asset: Asset,
	limits: AssetLimits,
	signal: AbortSignal,
): Promise<{ bytes: Buffer; contentType: unknown }> {
	refuseTooLarge(asset.fileSize, limits);
	const { statusCode, headers, body } = await openFile(context, asset, limits, signal);
	if (statusCode === 404 || statusCode === 410) {
		throw new AssetError(`It does not exist any more (status ${statusCode})`);
	}
	if (statusCode !== 200) throw new AssetError(`Its host answered with status ${statusCode}`);
	refuseTooLarge(Number(headers['content-length']), limits);
	return { bytes: await bytesOf(body, limits), contentType: headers['content-type'] };
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

async function bytesOf(body: FileAnswer['body'], limits: AssetLimits): Promise<Buffer> {
	const chunks = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		refuseTooLarge(size, limits);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks, size);
}

function refuseTooLarge(size: number | undefined, { maxBytes }: AssetLimits): void {
	if (size === undefined || !(size > maxBytes)) return;
	const megabytes = maxBytes / BYTES_PER_MEGABYTE;
	throw new AssetError(`It is larger than 'Max Asset Size (MB)' allows (${megabytes} MB)`);
}
