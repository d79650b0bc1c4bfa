import type { IDataObject } from 'n8n-workflow';

import { isRecord, textOf } from '../json/records';

/** A file that a run made, as Fetch Hive describes it: `{id, file_url, file_name, file_size, file_type}`. */
export interface Asset {
	/** As it came: not checked to be a web address. */
	fileUrl: string;
	/** As it came: may hold anything. */
	fileName?: string;
	/** In bytes, as Fetch Hive says. */
	fileSize?: number;
	/** A MIME type, such as `image/png`. */
	fileType?: string;
}

/** A workflow's image output lists its files as `assets`, an agent's answer as `artifacts`. */
const LIST_KEYS = ['assets', 'artifacts'];

/**
 * The files that a run's item describes, in order, each once: in an answer (`output.assets`, `artifacts`), in a
 * simplified callback (`output.assets`, `data.assets`, `data.artifacts`) and in a raw one (`data.output.assets`,
 * `data.response.assets`). An entry without a `file_url` is no file.
 *
 * Where a callback of a workflow has them is published nowhere, so every place that can hold its result is looked at.
 * Text is not looked into: a model writes it, so people who influence its prompt could choose addresses.
 */
export function assetsIn(json: IDataObject): Asset[] {
	const places = [json, json.output, json.response, ...placesOfData(json.data)];
	const assets = places.flatMap(listedIn).map(assetOf);
	const byUrl = new Map<string, Asset>();
	for (const asset of assets) {
		if (asset !== undefined) byUrl.set(asset.fileUrl, asset);
	}
	return [...byUrl.values()];
}

function placesOfData(data: unknown): unknown[] {
	return isRecord(data) ? [data, data.output, data.response] : [];
}

function listedIn(place: unknown): unknown[] {
	if (!isRecord(place)) return [];
	return LIST_KEYS.flatMap((key) => (Array.isArray(place[key]) ? (place[key] as unknown[]) : []));
}

function assetOf(entry: unknown): Asset | undefined {
	if (!isRecord(entry)) return undefined;
	const fileUrl = textOf(entry.file_url);
	if (fileUrl === undefined) return undefined;
	return {
		fileUrl,
		fileName: textOf(entry.file_name),
		fileSize: typeof entry.file_size === 'number' ? entry.file_size : undefined,
		fileType: textOf(entry.file_type),
	};
}
