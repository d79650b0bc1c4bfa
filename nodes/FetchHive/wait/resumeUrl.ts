import { randomBytes, timingSafeEqual } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import { ParameterError } from '../../shared/values/parameterError';
import { isRecord } from '../../shared/values/value';
import { obstacleTo } from '../parameters/callbackUrl';

const SET_WEBHOOK_URL =
	"Set n8n's environment variable N8N_WEBHOOK_URL (WEBHOOK_URL in older versions) to the public https:// address of this n8n and restart it.";

/** Different from every other node that can wait: n8n resumes the node that waits at the path of a call. */
export const RESUME_PATH = 'fetch-hive-callback';

/** The query parameter that holds a wait's token. */
const TOKEN_PARAMETER = 'wait';

const TOKEN_BYTES = 32;

/** Where Fetch Hive calls back for one wait. */
export interface ResumeAddress {
	url: string;
	/** Random, and part of the address: a late callback of an earlier wait does not have it. */
	token: string;
}

/**
 * The address that resumes this execution, for one wait. n8n's own token in its query stays. The wait's token keeps a late
 * callback of another wait from ending this one.
 *
 * @param baseUrl The API's checked base URL: when the API itself is on a local network (a test stand-in), a local
 * address is fine.
 * @throws ParameterError when Fetch Hive could not reach it.
 */
export function checkedResumeAddress(context: IExecuteFunctions, baseUrl: string): ResumeAddress {
	const executionUrl = String(context.getWorkflowDataProxy(0).$execution.resumeUrl);
	refuseUnreachable(executionUrl, baseUrl);
	const token = randomBytes(TOKEN_BYTES).toString('base64url');
	const [address, query] = executionUrl.split('?');
	const parameters = [query, `${TOKEN_PARAMETER}=${token}`].filter((part) => part !== undefined);
	return { url: `${address}/${RESUME_PATH}?${parameters.join('&')}`, token };
}

/** Whether a call came to the address of the wait with this token. Compared in constant time. */
export function isAddressOfWait(query: unknown, token: string): boolean {
	const given = isRecord(query) ? query[TOKEN_PARAMETER] : undefined;
	if (typeof given !== 'string') return false;
	const [one, other] = [Buffer.from(given), Buffer.from(token)];
	return one.length === other.length && timingSafeEqual(one, other);
}

function refuseUnreachable(address: string, baseUrl: string): void {
	const obstacle = obstacleTo(address, baseUrl);
	if (obstacle === 'no web address') {
		throw new ParameterError(
			'Fetch Hive cannot call this n8n back: the address of this n8n does not start with https://',
			SET_WEBHOOK_URL,
		);
	}
	if (obstacle === 'internal host') {
		throw new ParameterError(
			`Fetch Hive cannot call this n8n back: its address ${new URL(address).hostname} is one of this machine or of a local network`,
			SET_WEBHOOK_URL,
		);
	}
	if (obstacle === 'plain http') {
		throw new ParameterError(
			'Fetch Hive cannot call this n8n back: it does so over HTTPS only, and the address of this n8n starts with http://',
			SET_WEBHOOK_URL,
		);
	}
}
