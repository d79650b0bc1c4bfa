import { MAX_ANSWER_MEGABYTES } from './answerBytes';
import { counted } from '../values/describe';
import { fateOf } from './errorTexts';
import { isBlockedByN8n, wasNeverConnected } from './retry';

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

/** Why a request got no answer, and what to do. */
export interface ConnectionFault {
	message: string;
	description: string;
	/** Whether the request surely was not sent. */
	startsNothing?: boolean;
}

/**
 * Explains why a request got no answer, or none that could be read to its end.
 *
 * @param code The network error's code; undefined when it has none.
 */
export function faultOfConnection(
	code: string | undefined,
	timeoutSeconds: number,
	startsRun: boolean,
): ConnectionFault {
	const fate = fateOf(startsRun);
	if (isBlockedByN8n(code)) {
		return {
			message: 'n8n does not let this node call Fetch Hive',
			description: `Nothing was started. The protection of this n8n (N8N_SSRF_PROTECTION_ENABLED) does not allow the address in 'Base URL' of the Fetch Hive API credential: whoever runs n8n can allow it with N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES.`,
			startsNothing: true,
		};
	}
	if (wasNeverConnected(code)) {
		return {
			message: `No connection to Fetch Hive could be made: ${obstacleOf(code)}`,
			description: `Nothing was started. ${CONNECTION_ADVICE}`,
			startsNothing: true,
		};
	}
	if (code !== undefined && HARDLY_CONNECTED.test(code)) {
		return {
			message: 'The connection to Fetch Hive failed',
			description: `${fate} ${CONNECTION_ADVICE}`,
		};
	}
	if (TIMED_OUT.has(code)) {
		return {
			message: `Fetch Hive did not answer within ${counted(timeoutSeconds, 'second')}`,
			description: `${fate} ${startsRun ? LONG_RUN_ADVICE : ''}`.trim(),
		};
	}
	if (code === ANSWER_TOO_LARGE) {
		return {
			message: `Fetch Hive's answer is larger than ${MAX_ANSWER_MEGABYTES} MB`,
			description: `${fate} Let the run answer with less, or with files.`,
		};
	}
	return {
		message: 'The connection to Fetch Hive broke before an answer came',
		description: fate,
	};
}

/** Why a connection was never made. */
function obstacleOf(code = ''): string {
	if (code === 'ECONNREFUSED') return 'nothing answers at its address';
	if (/^(?:ENOTFOUND|EAI_)/.test(code)) return 'the name of its host was not found';
	return 'its certificate is not one that this n8n trusts';
}
