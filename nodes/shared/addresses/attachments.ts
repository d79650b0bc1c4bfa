import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../json/records';
import { toArray } from '../values/convert';
import { isBlank, kindOf } from '../values/describe';
import { ParameterError } from '../values/parameterError';
import { toText } from '../values/text';
import { attachmentUrl } from './webAddresses';

/** A file that goes with an agent's message: its address, or `{id, file_url, file_name, file_type}`. */
export type Attachment = string | IDataObject;

const LABEL = "'Attachments (JSON)'";
const ADVICE =
	'Enter for example ["https://example.com/report.pdf", {"id": "asset_1", "name": "report.pdf", "type": "application/pdf"}], or use an expression that gives such an array.';

/** The keys of a described file as Fetch Hive takes them, and what else they are called. */
const KEYS: ReadonlyArray<readonly [key: string, names: readonly string[]]> = [
	['id', ['id']],
	['file_url', ['file_url', 'url']],
	['file_name', ['file_name', 'name']],
	['file_type', ['file_type', 'type']],
];

/**
 * The files of a JSON array: addresses, and objects that describe a file by its `id` in Fetch Hive or its address. Other
 * keys of an object are left out, so that the files of an earlier answer can be handed on as they are.
 *
 * @param json A text, or an array from an expression or an AI tool.
 * @param baseUrl The API's checked base URL, as for `attachmentUrls`.
 * @throws ParameterError when it is no such array, naming the entry that cannot be sent.
 */
export function attachmentsFromJson(json: unknown, baseUrl: string): Attachment[] {
	if (isBlank(json)) return [];
	return toArray(json, LABEL, ADVICE).map((entry, index) =>
		attachmentOf(entry, `${LABEL}: entry ${index + 1}`, baseUrl),
	);
}

function attachmentOf(entry: unknown, label: string, baseUrl: string): Attachment {
	if (typeof entry === 'string') return attachmentUrl(entry, label, baseUrl);
	if (!isRecord(entry)) throw new ParameterError(`${label} is ${kindOf(entry)}`, ADVICE);
	const attachment: IDataObject = {};
	for (const [key, names] of KEYS) {
		const value = names.map((name) => entry[name]).find((given) => !isBlank(given));
		if (value !== undefined) attachment[key] = toText(value, `${label}: '${key}'`);
	}
	const { file_url: address, id } = attachment;
	if (typeof address === 'string') attachment.file_url = attachmentUrl(address, label, baseUrl);
	else if (id === undefined) {
		throw new ParameterError(`${label} has neither an id nor a file_url`, ADVICE);
	}
	return attachment;
}
