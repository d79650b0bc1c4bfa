import type { IBinaryData, IBinaryKeyData, IDataObject } from 'n8n-workflow';

import { networkFaultIn } from '../api/networkFault';
import { withoutSecrets } from '../values/secrets';
import { messageOfThrown } from '../values/value';
import type { Asset } from './assetFile';
import { AssetError, assetsIn, fileNameOf, mimeTypeOf } from './assetFile';
import type { AssetContext, AssetLimits, AssetTotal } from './assetRequest';
import { openAsset } from './assetRequest';

/** More than any run is known to make. Without a limit a list of addresses could keep n8n busy without end. */
const MAX_FILES = 20;

/** A run's item with its files. */
export interface ResultItem {
	/** The run's JSON; with `asset_errors: [{asset, name, message}]` when a file is missing. */
	json: IDataObject;
	/** `asset_0`, `asset_1`, …: the number is the file's place in the list, also where another one is missing. */
	binary?: IBinaryKeyData;
}

/** What the files of one item share. */
interface Batch {
	limits: AssetLimits;
	deadline: AbortSignal;
	total: AssetTotal;
	secrets: readonly string[];
}

/**
 * Adds the files that a run's item describes as binary data, one after the other: at most 20, within the limits of time
 * and size.
 *
 * Never throws: the run is done and paid for. A file that cannot be downloaded must not lose its result, nor make n8n's
 * Retry on Fail start the run again. Each missing file is listed in `asset_errors` and, where the context has hints, in a
 * hint of the execution.
 *
 * @param secrets They must not appear in a file's name, its type or its error.
 */
export async function downloadAssets(
	context: AssetContext,
	json: IDataObject,
	limits: AssetLimits,
	secrets: readonly string[],
): Promise<ResultItem> {
	const deadline = AbortSignal.timeout(Math.ceil(limits.timeoutSeconds * 1000));
	const batch = { limits, deadline, total: { bytes: 0 }, secrets };
	const binary: IBinaryKeyData = {};
	const failures: IDataObject[] = [];
	const leaveOut = (asset: Asset, key: string, why: string) => {
		const message = withoutSecrets(`${why}.`, secrets);
		failures.push({ asset: key, name: safeNameOf(asset, key, secrets), message });
		addHint(context, `${key} was not downloaded. ${message}`);
	};

	const assets = assetsIn(json);
	for (const [index, asset] of assets.slice(0, MAX_FILES).entries()) {
		const key = `asset_${index}`;
		try {
			binary[key] = await download(context, asset, key, batch);
		} catch (failure) {
			leaveOut(asset, key, messageOfThrown(failure));
		}
	}
	if (assets.length > MAX_FILES) {
		// One entry for all of them: there may be any number.
		const why = `Only the first ${MAX_FILES} of the ${assets.length} files are downloaded`;
		leaveOut(assets[MAX_FILES], `asset_${MAX_FILES}`, why);
	}
	return {
		json: failures.length > 0 ? { ...json, asset_errors: failures } : json,
		...(Object.keys(binary).length > 0 && { binary }),
	};
}

/** @throws AssetError */
async function download(
	context: AssetContext,
	asset: Asset,
	key: string,
	{ deadline, limits, secrets, total }: Batch,
): Promise<IBinaryData> {
	const done = new AbortController();
	const signals = [done.signal, deadline, ...cancelSignals(context)];
	try {
		deadline.throwIfAborted();
		const { content, contentType } = await openAsset(
			context,
			asset,
			limits,
			total,
			AbortSignal.any(signals),
		);
		const name = safeNameOf(asset, key, secrets);
		const mimeType = mimeTypeOf(asset, withoutSecrets(contentType, secrets), name);
		return await context.helpers.prepareBinaryData(content, name, mimeType);
	} catch (failure) {
		throw assetErrorOf(failure, asset, deadline.aborted ? limits.timeoutSeconds : undefined);
	} finally {
		// Closes the connections of redirects and refused files, whose bodies are not read to their end.
		done.abort();
	}
}

/** Masked after decoding: `%66hk_…` would become the key. */
function safeNameOf(asset: Asset, key: string, secrets: readonly string[]): string {
	return withoutSecrets(fileNameOf(asset, key), secrets);
}

function assetErrorOf(
	failure: unknown,
	asset: Asset,
	timeoutSeconds: number | undefined,
): AssetError {
	if (failure instanceof AssetError) return failure;
	if (timeoutSeconds !== undefined) {
		return new AssetError(`The files of this item took longer than ${timeoutSeconds} s together`);
	}
	const reason =
		networkFaultIn(failure).code ?? withoutSecrets(messageOfThrown(failure), [asset.fileUrl]);
	return new AssetError(`The download failed: ${reason}`);
}

/** n8n's plain HTTP helper does not stop with the execution; the one with authentication does. */
function cancelSignals(context: AssetContext): AbortSignal[] {
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	return signal === undefined ? [] : [signal];
}

function addHint(context: AssetContext, message: string): void {
	if (!('addExecutionHints' in context)) return;
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}
