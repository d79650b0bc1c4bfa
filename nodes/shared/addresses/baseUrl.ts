import { ParameterError } from '../values/parameterError';
import { isBareName, isLoopbackHost } from './hosts';

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

/**
 * @param base What the text is relative to; an absolute URL needs none.
 * @returns undefined when the text is no URL.
 */
export function parsedUrl(text: string, base?: string): URL | undefined {
	try {
		// Not URL.canParse: once Node 20 has compiled it, it takes no letters outside ASCII.
		return new URL(text, base);
	} catch {
		return undefined;
	}
}
