import { MAX_ANSWER_MEGABYTES } from './answerBytes';
import { counted } from '../values/describe';
import type { Explanation } from './errorTexts';
import { ASK_AGAIN } from './errorTexts';
import type { NetworkFault } from './networkFault';
import { isBlockedByN8n } from './networkFault';

/** The code of a request whose time was up while its answer was read. */
export const TIME_IS_UP = 'ETIMEDOUT';

/** The code of an answer that has more bytes than are read. */
export const ANSWER_TOO_LARGE = 'ANSWER_TOO_LARGE';

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
			message: `Fetch Hive's answer is larger than ${MAX_ANSWER_MEGABYTES} MB`,
			advice: 'Let the run answer with less, or with files.',
		};
	}
	return { message: 'The connection to Fetch Hive broke before an answer came', advice: '' };
}
