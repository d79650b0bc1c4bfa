import { ParameterError } from '../values/parameterError';
import { textList } from '../values/textList';
import { parsedUrl } from './baseUrl';
import { isInternalAddress } from './hosts';

/** Documented: all files that go with a message together. */
export const MAX_ATTACHMENTS = 5;

/** Enough to recognise an address by, in an error text. */
const MAX_QUOTED_CHARACTERS = 100;

/** A comma can be part of an address: it separates two only where white space, another address or nothing follows. */
const BETWEEN_ADDRESSES = /[\r\n]|,(?=\s|$|[a-z]+:\/\/)/i;

/**
 * The addresses of the files that go with an agent's message, encoded as they stand in a request.
 *
 * @param value Rows, an array or a text, see `textList`.
 * @param baseUrl The API's checked base URL: plain http is fine only when the API itself is on a local network (a
 * test stand-in).
 * @returns undefined when there are none, so that no key is sent.
 * @throws ParameterError naming the address that is no https URL, or when there are too many.
 */
export function attachmentUrls(value: unknown, baseUrl: string): string[] | undefined {
	const label = "'Attachment URLs'";
	const addresses = checkedAddresses(value, label, attachmentProtocols(baseUrl));
	if (addresses.length > MAX_ATTACHMENTS) {
		throw new ParameterError(
			`${label} holds ${addresses.length} addresses`,
			`Fetch Hive takes at most ${MAX_ATTACHMENTS} with a message. Send the others with a further message of the same conversation.`,
		);
	}
	return addresses.length > 0 ? addresses : undefined;
}

/**
 * The address of one file that goes with an agent's message, encoded.
 *
 * @param label What it is, at the start of an error text.
 * @param baseUrl As for `attachmentUrls`.
 * @throws ParameterError when it is no https URL.
 */
export function attachmentUrl(address: string, label: string, baseUrl: string): string {
	return checkedAddress(address, label, attachmentProtocols(baseUrl));
}

/**
 * The addresses of the web pages that a run may use, encoded.
 *
 * @param value Rows, an array or a text, see `textList`.
 * @returns undefined when there are none, so that no key is sent.
 * @throws ParameterError naming the address that is no http or https URL.
 */
export function websiteUrls(value: unknown): string[] | undefined {
	const addresses = checkedAddresses(value, "'Website URLs'", ['http:', 'https:']);
	return addresses.length > 0 ? addresses : undefined;
}

function attachmentProtocols(baseUrl: string): string[] {
	return isInternalAddress(baseUrl) ? ['http:', 'https:'] : ['https:'];
}

function checkedAddresses(value: unknown, label: string, protocols: string[]): string[] {
	return textList(value, label, BETWEEN_ADDRESSES).map((address, index) =>
		checkedAddress(address, `${label}: address ${index + 1}`, protocols),
	);
}

function checkedAddress(address: string, label: string, protocols: string[]): string {
	const url = /\s/.test(address) ? undefined : parsedUrl(address);
	if (url !== undefined && protocols.includes(url.protocol)) return url.href;
	const quoted = address.slice(0, MAX_QUOTED_CHARACTERS);
	throw new ParameterError(
		url?.protocol === 'http:'
			? `${label} must start with https://: ${quoted}`
			: `${label} is not a web address: ${quoted}`,
		`Enter it in full, with ${protocols.at(-1)}// in front and without spaces.`,
	);
}
