import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { connectionOf } from '../../shared/api/connection';
import { isInternalAddress } from '../../shared/values/addresses';
import { ParameterError } from '../../shared/values/parameterError';
import { textList, toText } from '../../shared/values/text';
import { isBlank, isRecord, kindOf } from '../../shared/values/value';
import { toArray } from './json';
import { checkedAddress, checkedAddresses } from './webAddresses';

/** Documented: all files that go with a message together. */
const MAX_ATTACHMENTS = 5;

const ATTACHMENT_URLS: INodeProperties = {
	displayName: 'Attachment URLs',
	name: 'attachmentUrls',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. https://example.com/report.pdf',
	description:
		'Public https:// addresses of up to five files to send with the message, one per line or separated by commas',
};

const ATTACHMENTS_JSON: INodeProperties = {
	displayName: 'Attachments (JSON)',
	name: 'attachmentsJson',
	type: 'json',
	default: '[]',
	description:
		'Files that go with the message as a JSON array: addresses, or objects with the ID of a file in Fetch Hive, or its address as file_url, and its name and type',
};

const ARTIFACT_REFS: INodeProperties = {
	displayName: 'Artifact References',
	name: 'artifactRefs',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. asset_1, asset_2',
	description:
		'IDs of files in Fetch Hive that the agent is to use for this message, such as those it has made before, one per line or separated by commas',
};

/** The files that go with a message. */
export const FILE_OPTIONS = [ARTIFACT_REFS, ATTACHMENT_URLS, ATTACHMENTS_JSON];

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

/** A file that goes with an agent's message: its address, or `{id, file_url, file_name, file_type}`. */
type Attachment = string | IDataObject;

/** The files of a message, each only where there are any. */
interface MessageFiles {
	attachments?: Attachment[];
	known_artifact_refs?: string[];
	artifact_refs?: string[];
}

/**
 * The files that go with an item's message.
 *
 * @param isKept Whether Fetch Hive keeps the conversation. Otherwise it takes only artifacts that are also named as known
 * (SDK 0.3.0).
 * @throws ParameterError naming the file that cannot be sent, or when there are more than Fetch Hive takes.
 */
export async function readFiles(
	context: IExecuteFunctions,
	itemIndex: number,
	isKept: boolean,
): Promise<MessageFiles> {
	const protocols = attachmentProtocols((await connectionOf(context)).baseUrl);
	const valueOf = ({ name }: INodeProperties): unknown =>
		context.getNodeParameter(`options.${name}`, itemIndex, '');
	const attachments = [
		...checkedAddresses(valueOf(ATTACHMENT_URLS), "'Attachment URLs'", protocols),
		...attachmentsFromJson(valueOf(ATTACHMENTS_JSON), protocols),
	];
	const artifacts = textList(valueOf(ARTIFACT_REFS), `'${ARTIFACT_REFS.displayName}'`);
	refuseTooMany(attachments.length + artifacts.length);
	return {
		...(attachments.length > 0 && { attachments }),
		...(artifacts.length > 0 && !isKept && { known_artifact_refs: artifacts }),
		...(artifacts.length > 0 && { artifact_refs: artifacts }),
	};
}

function refuseTooMany(count: number): void {
	if (count <= MAX_ATTACHMENTS) return;
	throw new ParameterError(
		`The attachments and artifact references are ${count} files together`,
		`Fetch Hive takes at most ${MAX_ATTACHMENTS} with a message. Send the others with a further message of the same conversation.`,
	);
}

/**
 * The files of a JSON array: addresses, and objects that describe a file by its `id` in Fetch Hive or its address. Other
 * keys of an object are left out, so that the files of an earlier answer can be handed on as they are.
 *
 * @param json A text, or an array from an expression or an AI tool.
 * @param protocols Those of their addresses.
 * @throws ParameterError when it is not such an array, naming the entry that cannot be sent.
 */
function attachmentsFromJson(json: unknown, protocols: string[]): Attachment[] {
	if (isBlank(json)) return [];
	return toArray(json, LABEL, ADVICE).map((entry, index) =>
		attachmentOf(entry, `${LABEL}: entry ${index + 1}`, protocols),
	);
}

function attachmentOf(entry: unknown, label: string, protocols: string[]): Attachment {
	if (typeof entry === 'string') return checkedAddress(entry, label, protocols);
	if (!isRecord(entry)) throw new ParameterError(`${label} is ${kindOf(entry)}`, ADVICE);
	const attachment: IDataObject = {};
	for (const [key, names] of KEYS) {
		const value = names.map((name) => entry[name]).find((given) => !isBlank(given));
		if (value !== undefined) attachment[key] = toText(value, `${label}: '${key}'`);
	}
	const { file_url: address, id } = attachment;
	if (typeof address === 'string') attachment.file_url = checkedAddress(address, label, protocols);
	else if (id === undefined) {
		throw new ParameterError(`${label} has neither an id nor a file_url`, ADVICE);
	}
	return attachment;
}

/** Plain http is allowed only when the API itself is local (an emulator). */
export function attachmentProtocols(baseUrl: string): string[] {
	return isInternalAddress(baseUrl) ? ['http:', 'https:'] : ['https:'];
}
