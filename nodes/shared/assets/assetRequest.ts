import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { parsedUrl } from '../addresses/baseUrl';
import type { InternalFiles } from './assetFile';
import { AssetError, checkedFileUrl } from './assetFile';
import type { Asset } from './assets';
import type { AssetTotal, Readable, SizeLimits } from './assetSize';
import { limited, refuseTooLarge } from './assetSize';

/** Who downloads: the action node, the trigger's execution, or a webhook with which an execution resumes. */
export type AssetContext = IExecuteFunctions | IWebhookFunctions;

export interface AssetLimits extends SizeLimits {
	/** How long all files of an item may take together, in seconds. */
	timeoutSeconds: number;
	internalFiles: InternalFiles;
}

const MAX_REDIRECTS = 5;

interface FileAnswer {
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
): Promise<FileAnswer> {
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
		})) as FileAnswer;
		const target = redirectTarget(answer, url);
		if (target === undefined) return answer;
		url = checkedFileUrl(target, internalFiles);
	}
	throw new AssetError(`It was redirected more than ${MAX_REDIRECTS} times`);
}

function redirectTarget({ statusCode, headers }: FileAnswer, from: URL): string | undefined {
	const { location } = headers;
	if (statusCode < 300 || statusCode >= 400 || typeof location !== 'string') return undefined;
	return parsedUrl(location, from.href)?.href ?? location;
}
