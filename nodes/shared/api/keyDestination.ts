import { parsedUrl } from '../values/addresses';
import { ParameterError } from '../values/parameterError';
import { isPresent, isRecord } from '../values/value';
import { checkedBaseUrl } from './credential';

/** A request to be authenticated, in n8n's two forms of request options. */
export type Destination = object & {
	url?: unknown;
	/** The older form's name of `url`, which HTTP Request sets. */
	uri?: unknown;
	baseURL?: unknown;
	headers?: unknown;
};

/** Options of n8n's two forms (1.123 to 2.41) that do not change who gets the request. */
const HARMLESS = new Set([
	...['url', 'uri', 'baseURL', 'method', 'headers', 'qs', 'body', 'form', 'formData', 'auth'],
	...['arrayFormat', 'qsStringifyOptions', 'useQuerystring', 'encoding', 'gzip', 'json'],
	...['timeout', 'abortSignal', 'useStream', 'simple', 'resolveWithFullResponse'],
	...['returnFullResponse', 'ignoreHttpStatusErrors', 'disableFollowRedirect', 'followRedirect'],
	...['followAllRedirects', 'maxRedirects', 'allowedDomains'],
	// Always set to false afterwards.
	'sendCredentialsOnCrossOriginRedirect',
]);

/** Options that are refused, except for values that do nothing. */
const IDLE: Record<string, (value: unknown) => boolean> = {
	proxy: (value) => value === '' || value === false,
	rejectUnauthorized: (value) => value === true,
	skipSslCertificateValidation: (value) => value === false,
	agentOptions: (value) =>
		isRecord(value) && Object.keys(value).every((name) => CLIENT_CERTIFICATE.has(name)),
};

/** The caller's own identity. Any other connection option could let another server pose as the API. */
const CLIENT_CERTIFICATE = new Set(['cert', 'key', 'passphrase']);

/**
 * Makes sure that the API key goes to the API only. A credential can be shared with people who may use but not read it.
 * In n8n's HTTP Request node they choose the address, the proxy and whether certificates are checked.
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
	const option = optionThatRedirects(destination);
	if (option !== undefined) {
		throw new ParameterError(
			`The Fetch Hive API key is not sent through a proxy of the node, nor without checking certificates as n8n does: '${option}'`,
			"Another server could pose as Fetch Hive and read the key. Remove this option; of SSL certificates only one's own, its key and its passphrase may be set. A proxy for all of n8n is set by its environment variable HTTPS_PROXY.",
		);
	}
}

function namesHost({ headers }: Destination): boolean {
	return (
		isRecord(headers) && Object.keys(headers).some((name) => name.trim().toLowerCase() === 'host')
	);
}

/** All that the HTTP client may use as an address. */
function targetsOf({ url, uri, baseURL }: Destination): unknown[] {
	const given = [url, uri].filter((target) => target !== undefined);
	const targets = given.length > 0 ? given : [''];
	return baseURL === undefined ? targets : [baseURL, ...targets];
}

/** As the HTTP client resolves it: an absolute URL stands for itself, anything else is below `baseURL`. */
function originOf(target: unknown, baseURL: unknown): string | undefined {
	const text = target instanceof URL ? target.href : target;
	if (typeof text !== 'string') return undefined;
	const base = typeof baseURL === 'string' ? baseURL : undefined;
	return (parsedUrl(text) ?? parsedUrl(text, base))?.origin;
}

function optionThatRedirects(destination: Destination): string | undefined {
	const given = Object.entries(destination).filter(([, value]) => isPresent(value));
	return given.find(([name, value]) => !HARMLESS.has(name) && IDLE[name]?.(value) !== true)?.[0];
}
