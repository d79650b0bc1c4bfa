import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { CallbackDelivery } from '../../parameters/callbackUrl';
import type { ApiRequest } from '../../../shared/api/transport';
import { deploymentRequest, deploymentRunFields } from '../deploymentRequest';

/** What every way of invoking a workflow asks for. */
export const runFields = deploymentRunFields("workflow's Start step");

/**
 * The request that runs a workflow deployment for an item.
 *
 * @param async Callback delivery settings, undefined for an answer that brings the output.
 * @throws ParameterError when a parameter cannot be sent.
 */
export function runRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	async?: CallbackDelivery,
): ApiRequest & { body: IDataObject } {
	return deploymentRequest(context, itemIndex, 'workflow', { async });
}
