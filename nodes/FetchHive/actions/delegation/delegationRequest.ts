import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { ApiRequest } from '../../../shared/api/transport';
import { readTimeoutSeconds } from '../../parameters/options';
import { readPathId } from '../../parameters/scalars';

/** Which delegation is meant. */
export const DELEGATION_ID: INodeProperties = {
	displayName: 'Delegation ID',
	name: 'delegationId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. delegation_5f1c9b7e',
	description: "The ID that an agent's answer gives in pending_delegations",
};

const WHERE_IT_IS = "Use an id from pending_delegations of the agent's answer.";

/**
 * The request about one delegation of an item.
 *
 * @param action What is done with it, below its address; '' only looks it up.
 * @throws ParameterError when its ID is blank, or none.
 */
export function delegationRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	method: 'GET' | 'POST',
	action: '' | '/cancel',
): ApiRequest {
	const id = readPathId(context, DELEGATION_ID, itemIndex, WHERE_IT_IS);
	return {
		method,
		path: `/agent/delegations/${encodeURIComponent(id)}${action}`,
		timeoutSeconds: readTimeoutSeconds(context, itemIndex),
		startsNothing: true,
		named: {
			what: 'a delegation with this ID',
			advice: `Check the 'Delegation ID'. ${WHERE_IT_IS}`,
		},
	};
}
