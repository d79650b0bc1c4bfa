import type { IExecuteFunctions } from 'n8n-workflow';

import { obstacleTo } from '../../shared/addresses/callbackUrl';
import { ParameterError } from '../../shared/values/parameterError';

const SET_WEBHOOK_URL =
	"Set n8n's environment variable WEBHOOK_URL to the public https:// address of this n8n and restart it.";

/**
 * The address that resumes this execution at this node. n8n's own token in its query stays as it is, and the node's ID
 * in its path keeps a late callback of one node from resuming another.
 *
 * @param baseUrl The API's checked base URL: when the API itself is on a local network (a test stand-in), a local
 * address is fine.
 * @throws ParameterError when Fetch Hive could not reach it.
 */
export function checkedResumeUrl(context: IExecuteFunctions, baseUrl: string): string {
	const executionUrl = String(context.getWorkflowDataProxy(0).$execution.resumeUrl);
	const url = new URL(executionUrl);
	const obstacle = obstacleTo(url, baseUrl);
	if (obstacle === 'internal host') {
		throw new ParameterError(
			`Fetch Hive cannot call this n8n back: its address ${url.hostname} is one of this machine or of a local network`,
			SET_WEBHOOK_URL,
		);
	}
	if (obstacle === 'plain http') {
		throw new ParameterError(
			'Fetch Hive cannot call this n8n back: it does so over HTTPS only, and the address of this n8n starts with http://',
			SET_WEBHOOK_URL,
		);
	}
	const [address, ...query] = executionUrl.split('?');
	return [`${address}/${encodeURIComponent(context.getNode().id)}`, ...query].join('?');
}
