import { isBareName, isLoopbackHost, parsedUrl } from '../values/addresses';
import { ParameterError } from '../values/parameterError';

const FIELD = "'Base URL' of the Fetch Hive API credential";

/**
 * The API's base URL from the credential, without a slash at its end.
 *
 * @throws ParameterError when it is not an absolute http(s) URL, or when it is plain `http:` and the host is neither
 * loopback nor a bare name (a container's): the API key would travel in the clear.
 */
export function checkedBaseUrl(value: unknown): string {
	const url = typeof value === 'string' ? parsedUrl(value.trim()) : undefined;
	if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
		throw new ParameterError(
			`The ${FIELD} is not a web address`,
			'Enter it with https:// in front. The default is https://api.fetchhive.com/v1.',
		);
	}
	if (url.username !== '' || url.password !== '') {
		throw new ParameterError(
			`The ${FIELD} holds a user name or a password`,
			"Remove what stands before the @: the 'API Key' is all that is sent.",
		);
	}
	if (url.protocol === 'http:' && !isLoopbackHost(url.hostname) && !isBareName(url.hostname)) {
		throw new ParameterError(
			`The ${FIELD} must start with https://`,
			`With http:// the API key would travel unencrypted to ${url.hostname}.`,
		);
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** A shorter key would match by chance, and be masked, in texts that hold no secret. */
const MIN_CHARACTERS = 8;
const AROUND_KEY = /^(?:[\s"'`]|bearer\s)+|[\s"'`]+$/gi;
const PRINTABLE = /^[\x21-\x7e]+$/;

/** An API key without spaces, quotes and `Bearer ` around it, as it is sent, masked and used to seal; '' for no key. */
export function cleanedApiKey(value: unknown): string {
	return typeof value === 'string' ? value.replace(AROUND_KEY, '') : '';
}

/**
 * The API key of a credential, cleaned.
 *
 * @throws ParameterError when it is blank, too short, or has characters that no key has. It never quotes the key.
 */
export function checkedApiKey(value: unknown): string {
	const apiKey = cleanedApiKey(value);
	if (apiKey === '') throw refusal('is blank', 'Create a key');
	if (!PRINTABLE.test(apiKey)) {
		throw refusal(
			'holds a space, an invisible character or a letter that no key has',
			'Copy the key anew',
		);
	}
	if (apiKey.length < MIN_CHARACTERS) {
		throw refusal(`is shorter than ${MIN_CHARACTERS} characters`, 'Copy the whole key');
	}
	return apiKey;
}

function refusal(fault: string, fix: string): ParameterError {
	return new ParameterError(
		`The 'API Key' of the Fetch Hive API credential ${fault}`,
		`${fix} in Fetch Hive under Settings > API Keys and enter it in the credential.`,
	);
}
