import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { ApiRequest } from '../../../shared/transport';
import { deploymentFields, readDeployment } from '../../fields/deployment';
import { inputsFields, readInputs } from '../../fields/inputs';
import { metadataFields, readMetadata } from '../../fields/metadata';
import { readTimeoutSeconds, readUser } from '../../fields/options';

/** What every way of invoking a workflow asks for. */
export const runFields: INodeProperties[] = [
	...deploymentFields,
	...inputsFields,
	...metadataFields,
];

/**
 * The request that runs a workflow deployment for an item, with its keys in the order of Fetch Hive's own examples.
 *
 * @param async Callback delivery settings, undefined for an answer that brings the output.
 * @throws ParameterError when a parameter cannot be sent.
 */
export function runRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	async?: { enabled: true; callback_url: string },
): ApiRequest & { body: IDataObject } {
	const body: IDataObject = {
		...readDeployment(context, itemIndex),
		async,
		inputs: readInputs(context, itemIndex),
		metadata: readMetadata(context, itemIndex),
		user: readUser(context, itemIndex),
	};
	return {
		method: 'POST',
		path: '/workflow/invoke',
		body,
		timeoutSeconds: readTimeoutSeconds(context, itemIndex),
	};
}
