import type { IDataObject } from 'n8n-workflow';

import { isMetadataHost, isPublicName, parsedUrl } from '../values/addresses';
import { isRecord, textOf } from '../values/value';

/** A file that a run made, as Fetch Hive describes it: `{id, file_url, file_name, file_size, file_type}`. */
export interface Asset {
	/** As it came: not checked to be a web address. */
	fileUrl: string;
	/** As it came: may hold anything. */
	fileName?: string;
	/** In bytes, as Fetch Hive gives it. */
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

/**
 * Which files at an IP address or a local name may be downloaded: none; those of the API's own origin (scheme, host and
 * port), because the API may be local, too; or all, when the user allows it.
 */
export type InternalFiles = 'none' | { origin: string } | 'all';

/** Why a file is not downloaded, in words for the user. */
export class AssetError extends Error {
	/** @param message A sentence without its full stop. It never holds the file's address, which may be signed. */
	constructor(message: string) {
		super(message);
		this.name = 'AssetError';
	}
}

/** What file systems take, as UTF-8. */
const MAX_NAME_BYTES = 255;
const ENDING = /\.[\p{L}\p{N}]{1,10}$/u;
const UNKNOWN_TYPE = 'application/octet-stream';
const MIME_TYPE = /^[\w.+-]+\/[\w.+-]+$/;

/**
 * The address of a file, if it may be downloaded.
 *
 * Fetch Hive keeps its files at names on the internet. An IP address or a local name is an attempt to read what only
 * n8n can reach. n8n's own protection checks what a name resolves to (N8N_SSRF_PROTECTION_ENABLED).
 *
 * @throws AssetError when it must not be downloaded.
 */
export function checkedFileUrl(text: string, internalFiles: InternalFiles): URL {
	const url = parsedUrl(text);
	if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
		throw new AssetError('Its address is not a web address');
	}
	if (url.username !== '' || url.password !== '') {
		throw new AssetError('Its address holds a user name or a password');
	}
	if (isMetadataHost(url.hostname)) {
		throw new AssetError(
			`Its address is link-local or a cloud's metadata service (${url.hostname}), where no file may be`,
		);
	}
	if (!isPublicName(url.hostname)) return checkedInternalUrl(url, internalFiles);
	if (url.protocol === 'http:') throw new AssetError('Its address does not start with https://');
	return url;
}

function checkedInternalUrl(url: URL, internalFiles: InternalFiles): URL {
	if (internalFiles === 'all') return url;
	const place = `Its host is an IP address or a name of a local network (${url.host})`;
	if (internalFiles === 'none') throw new AssetError(`${place}, where Fetch Hive keeps no files`);
	if (url.origin === internalFiles.origin) return url;
	throw new AssetError(`${place} and not the API's own (${internalFiles.origin})`);
}

/**
 * The name to save a file by: without any path or invisible character that Fetch Hive's name holds.
 *
 * @param fallback The name when neither the description nor the address has one.
 */
export function fileNameOf({ fileName, fileUrl }: Asset, fallback: string): string {
	return plainName(fileName ?? '') ?? plainName(lastSegment(fileUrl)) ?? fallback;
}

/**
 * The type that Fetch Hive gives, else the one from the file's host, without parameters such as a charset.
 *
 * @param name The name to save the file by.
 * @returns undefined when it is unknown and the name has an extension, from which n8n guesses the type. Without an
 * extension n8n would take the file for text.
 */
export function mimeTypeOf(
	{ fileType }: Asset,
	contentType: unknown,
	name: string,
): string | undefined {
	const types = [fileType, contentType].map((type) => (textOf(type) ?? '').split(';')[0].trim());
	const known = types.find((type) => MIME_TYPE.test(type) && type !== UNKNOWN_TYPE);
	return known ?? (ENDING.test(name) ? undefined : UNKNOWN_TYPE);
}

function plainName(text: string): string | undefined {
	const name = text
		// Control characters, and those that turn the reading direction: `exe.gpj` could be shown as `jpg.exe`. Joiners
		// stay: emojis and some scripts are written with them.
		.replace(/(?![\u200c\u200d])\p{C}/gu, '')
		.split(/[/\\]/)
		.pop()
		?.trim();
	return name === undefined || /^[.\u200c\u200d]*$/.test(name) ? undefined : shortened(name);
}

/** A name that is too long, cut between what a reader sees as characters, with its ending. */
function shortened(name: string): string | undefined {
	if (Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
	const ending = ENDING.exec(name)?.[0] ?? '';
	const start = name.slice(0, name.length - ending.length);
	let bytes = Buffer.byteLength(ending);
	let length = 0;
	for (const { index, segment } of new Intl.Segmenter().segment(start)) {
		bytes += Buffer.byteLength(segment);
		if (bytes > MAX_NAME_BYTES) break;
		length = index + segment.length;
	}
	return length === 0 ? undefined : `${start.slice(0, length).trim()}${ending}`;
}

function lastSegment(fileUrl: string): string {
	const path = parsedUrl(fileUrl)?.pathname ?? '';
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}
