import { parsedUrl } from '../../shared/values/addresses';
import { ParameterError } from '../../shared/values/parameterError';
import { textList } from '../../shared/values/text';

/** Enough to recognise an address by, in an error text. */
const MAX_QUOTED_CHARACTERS = 100;

/** A comma may be part of an address. It separates two when white space, another address or nothing follows. */
const BETWEEN_ADDRESSES = /[\r\n]|,(?=\s|$|[a-z]+:\/\/)/i;

/**
 * Web addresses of a parameter, encoded as they stand in a request.
 *
 * @param value Rows, an array or a text, see `textList`.
 * @param protocols The allowed ones, with the recommended one last.
 * @throws ParameterError naming the address that is wrong.
 */
export function checkedAddresses(value: unknown, label: string, protocols: string[]): string[] {
	return textList(value, label, BETWEEN_ADDRESSES).map((address, index) =>
		checkedAddress(address, `${label}: address ${index + 1}`, protocols),
	);
}

/** The same for one address. */
export function checkedAddress(address: string, label: string, protocols: string[]): string {
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
