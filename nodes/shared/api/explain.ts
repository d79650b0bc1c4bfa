import { counted, isRecord } from '../values/value';
import type { Explanation } from './errorTexts';
import { ASK_AGAIN, BY_STATUS, explanationOfCode, NOT_THE_WORKFLOW } from './errorTexts';
import { failureTextIn } from './failureText';
import type { NetworkFault } from './networkFault';
import { ANSWER_TOO_LARGE, isBlockedByN8n, TIME_IS_UP } from './networkFault';
import { MAX_RESPONSE_MEGABYTES } from './responseBody';

/** What a request names: used when Fetch Hive does not know it. */
export interface Named {
	/** Such as `the agent 'agent_1'`. */
	what: string;
	/** What the user can do when it does not exist. */
	advice: string;
}

const SOMETHING_BETWEEN =
	'Whoever runs this n8n can check its proxy and firewall. A proxy, a firewall or a load balancer sent a web page; the API sends JSON.';

/** Explains a 403 or a server error that is a web page: Fetch Hive's API did not send it. */
function explanationOfPage(statusCode: number, body: unknown): Explanation | undefined {
	if (typeof body !== 'string' || !body.trim().startsWith('<')) return undefined;
	if (statusCode === 403) {
		return {
			message: 'Something between n8n and Fetch Hive refused the request',
			advice: SOMETHING_BETWEEN,
		};
	}
	if (statusCode < 500) return undefined;
	return {
		message: `Something between n8n and Fetch Hive answered in its place (HTTP status ${statusCode})`,
		advice: SOMETHING_BETWEEN,
	};
}

/**
 * Advice for refusals that have no code, by their words. The words are in the account's language, so they choose the
 * advice and decide nothing else.
 */
const BY_WORDS: Array<[words: RegExp, advice: string]> = [
	[/run with async enabled/i, 'Choose the operation Invoke and Wait or Invoke Async.'],
	[/native JSON array/i, 'Set the Type of this input to Array.'],
];

function adviceForWords(said: string): string {
	const [, advice] = BY_WORDS.find(([words]) => words.test(said)) ?? [];
	return advice ?? 'Compare the names and values here with Code Snippet in Fetch Hive.';
}

/**
 * Explains a response whose status is not 2xx. The code decides before the status: Fetch Hive sends plan limits and
 * provider limits with several statuses.
 *
 * @param startsRun Whether the request can start a run; one that cannot only looks something up.
 * @param named What the request names.
 */
export function explain(
	statusCode: number,
	body: unknown,
	startsRun = true,
	named?: Named,
): Explanation {
	const { errorCode, said } = failureTextIn(body);
	const known =
		explanationOfCode(errorCode) ??
		// Fetch Hive answers in JSON. Anything else comes from another address than its API's.
		(statusCode === 404 && isRecord(body) ? notFound(named) : undefined) ??
		explanationOfPage(statusCode, body) ??
		BY_STATUS[statusCode];
	if (known !== undefined) return known;
	if (statusCode >= 500) {
		return {
			message: 'Fetch Hive could not carry out the request',
			advice: startsRun ? NOT_THE_WORKFLOW : `${ASK_AGAIN} ${NOT_THE_WORKFLOW}`,
		};
	}
	if (statusCode >= 300 && statusCode < 400) {
		return {
			message: 'The server named another address (a redirect), to which nothing is sent',
			advice:
				"Check the 'Base URL' of the Fetch Hive API credential: the default is https://api.fetchhive.com/v1. If you use a proxy, enter its final address.",
		};
	}
	return explanationOfOther(statusCode, said, startsRun, named);
}

function notFound(named: Named | undefined): Explanation | undefined {
	return (
		named && {
			message: `Fetch Hive did not find ${named.what} in this account`,
			advice: named.advice,
		}
	);
}

function explanationOfOther(
	statusCode: number,
	said: string,
	startsRun: boolean,
	named?: Named,
): Explanation {
	const isRefusal = statusCode === 400 || statusCode === 422;
	const what = isRefusal ? 'refused' : `answered with HTTP status ${statusCode}`;
	const refused = isRefusal ? 'Fetch Hive refused the request' : `Fetch Hive ${what}`;
	const advice = isRefusal ? adviceForWords(said) : '';
	return {
		message: said === '' ? refused : `Fetch Hive ${what}: ${said}`,
		advice: startsRun ? advice : (named?.advice ?? ASK_AGAIN),
	};
}

/** The advice for an error code that is explained here, undefined for any other. */
export function adviceForCode(errorCode: string | undefined): string | undefined {
	return explanationOfCode(errorCode)?.advice;
}

/** Whether a status or a code has an explanation of its own, better than that the run did not complete. */
export function isExplained(statusCode: number, errorCode: string | undefined): boolean {
	return explanationOfCode(errorCode) !== undefined || statusCode in BY_STATUS;
}

/** axios names its own time-out ECONNABORTED. */
const TIMED_OUT = new Set<unknown>(['ECONNABORTED', TIME_IS_UP, 'ESOCKETTIMEDOUT']);

/** Codes of connections that usually were never made, and can break with the same code after the request was sent. */
const HARDLY_CONNECTED = /^(?:EHOSTUNREACH|ENETUNREACH|EPROTO|ERR_SSL|ERR_TLS)/;

const LONG_RUN_ADVICE =
	"If such runs take longer than that, raise the option 'Timeout (Seconds)', or run a workflow with the operation Invoke and Wait.";
const CONNECTION_ADVICE =
	"Check the 'Base URL' of the Fetch Hive API credential. If it is right, whoever runs this n8n can check its network, DNS and proxy.";

/** Why a connection was not made, by the network error's code. */
const OBSTACLES: Array<[RegExp, string]> = [
	[/^ECONNREFUSED$/, 'nothing answers at its address'],
	[/^(?:ENOTFOUND|EAI_)/, 'the name of its host was not found'],
	[
		/^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS_CERT)/,
		'its certificate is not one that this n8n trusts',
	],
	[/^ETIMEDOUT$/, 'its host did not answer'],
	[/^E(?:HOST|NET)/, 'this n8n cannot reach its network'],
	[/^E(?:ADDRNOTAVAIL|MFILE|NFILE)$/, 'this n8n has too many connections or files open'],
	[/^E(?:ACCES|PERM)$/, 'the system of this n8n does not allow it'],
];

/**
 * Explains why a request got no response, or none that could be read to its end.
 *
 * @param timeoutSeconds How long the request was allowed to take.
 */
export function explainFault(
	{ code = '', neverConnected }: NetworkFault,
	timeoutSeconds: number,
	startsRun: boolean,
): Explanation {
	if (isBlockedByN8n(code)) {
		return {
			message: 'n8n does not let this node call Fetch Hive',
			advice:
				"The protection of this n8n (N8N_SSRF_PROTECTION_ENABLED) does not allow the address in 'Base URL' of the Fetch Hive API credential: whoever runs n8n can allow it with N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES.",
		};
	}
	if (neverConnected) {
		const obstacle = OBSTACLES.find(([codes]) => codes.test(code))?.[1] ?? code;
		return {
			message: `No connection to Fetch Hive could be made: ${obstacle}`,
			advice: CONNECTION_ADVICE,
		};
	}
	const { advice, message } = explainBreak(code, timeoutSeconds, startsRun);
	return { message, advice: startsRun ? advice : `${ASK_AGAIN} ${advice}`.trim() };
}

/** Explains a connection that broke, perhaps after the request was sent. */
function explainBreak(code: string, timeoutSeconds: number, startsRun: boolean): Explanation {
	if (HARDLY_CONNECTED.test(code)) {
		return { message: 'The connection to Fetch Hive failed', advice: CONNECTION_ADVICE };
	}
	if (TIMED_OUT.has(code)) {
		return {
			message: `Fetch Hive did not answer within ${counted(timeoutSeconds, 'second')}`,
			advice: startsRun ? LONG_RUN_ADVICE : '',
		};
	}
	if (code === ANSWER_TOO_LARGE) {
		return {
			message: `Fetch Hive's answer is larger than ${MAX_RESPONSE_MEGABYTES} MB`,
			advice: 'Let the run answer with less, or with files.',
		};
	}
	return { message: 'The connection to Fetch Hive broke before an answer came', advice: '' };
}
