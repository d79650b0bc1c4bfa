import { isRecord } from '../json/records';
import { ParameterError } from '../values/parameterError';
import { checkedBaseUrl, parsedUrl } from './baseUrl';

/** What a request to be authenticated says of where it goes, in n8n's two forms of request options. */
export interface Destination {
	url?: unknown;
	/** The older form's name of `url`, which HTTP Request sets. */
	uri?: unknown;
	baseURL?: unknown;
	proxy?: unknown;
	/** False, or `skipSslCertificateValidation` true: any server would pass for the API's. */
	rejectUnauthorized?: unknown;
	skipSslCertificateValidation?: unknown;
	headers?: unknown;
}

/**
 * Makes sure that the API key goes to the API only. A credential can be shared with people who may use it and must not
 * read it: in n8n's HTTP Request node they choose the address, the proxy and whether certificates are checked.
 *
 * @param baseUrl The credential's base URL.
 * @throws ParameterError when the request goes elsewhere, or another server could pose as the API.
 */
export function refuseOtherDestination(baseUrl: unknown, destination: Destination): void {
	const api = new URL(checkedBaseUrl(baseUrl)).origin;
	for (const target of targetsOf(destination)) {
		const origin = originOf(target, destination.baseURL);
		if (origin === api) continue;
		throw new ParameterError(
			`The Fetch Hive API key is not sent to ${origin ?? 'an address that cannot be read'}`,
			`It goes to ${api} only, the 'Base URL' of the credential. Use another credential for other services.`,
		);
	}
	if (namesHost(destination)) {
		throw new ParameterError(
			"The Fetch Hive API key is not sent with a 'Host' header of the node",
			'A server that answers for several names would give the request, and the key, to another one. Remove the header.',
		);
	}
	if (isUnchecked(destination)) {
		throw new ParameterError(
			'The Fetch Hive API key is not sent through a proxy of the node, nor without checking certificates',
			'Another server could pose as Fetch Hive and read the key. Remove these options; a proxy for all of n8n is set by its environment variable HTTPS_PROXY.',
		);
	}
}

function namesHost({ headers }: Destination): boolean {
	return (
		isRecord(headers) && Object.keys(headers).some((name) => name.trim().toLowerCase() === 'host')
	);
}

function targetsOf({ url, uri }: Destination): unknown[] {
	const given = [url, uri].filter((target) => target !== undefined);
	return given.length > 0 ? given : [''];
}

/** As the HTTP client resolves it: an absolute URL stands for itself, anything else is below `baseURL`. */
function originOf(target: unknown, baseURL: unknown): string | undefined {
	const text = target instanceof URL ? target.href : target;
	if (typeof text !== 'string') return undefined;
	const base = typeof baseURL === 'string' ? baseURL : undefined;
	return (parsedUrl(text) ?? parsedUrl(text, base))?.origin;
}

function isUnchecked(destination: Destination): boolean {
	const { proxy, rejectUnauthorized, skipSslCertificateValidation } = destination;
	const hasProxy = proxy !== undefined && proxy !== '' && proxy !== false;
	return hasProxy || rejectUnauthorized === false || skipSslCertificateValidation === true;
}
