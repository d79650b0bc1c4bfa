import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { CallbackDelivery } from '../parameters/callbackUrl';
import { notFound } from '../../shared/api/errorTexts';
import type { ApiRequest } from '../../shared/api/transport';
import { readSnippetRun, SNIPPET_INPUTS } from '../parameters/snippetRun';
import { deploymentFields, readDeployment } from '../parameters/deployment';
import { inputsFields, readInputs } from '../parameters/inputs';
import { metadataFields, readMetadata } from '../parameters/metadata';
import { readTimeoutSeconds, readUser } from '../parameters/options';

/**
 * What every way of running a deployment asks for.
 *
 * @param definedBy What defines the deployment's variables, as the descriptions are to call it.
 */
export function deploymentRunFields(definedBy: string): INodeProperties[] {
	return [...deploymentFields, SNIPPET_INPUTS, ...inputsFields(definedBy), ...metadataFields];
}

/** How the result of a deployment's run is delivered. */
export interface Delivery {
	/** Callback delivery: workflows only. */
	async?: CallbackDelivery;
	/** Prompts only: true asks for server-sent events. */
	streaming?: boolean;
}

/**
 * The request that runs a deployment for an item, with its keys in the order of Fetch Hive's own examples.
 *
 * @param resource What the deployment is of; also the beginning of its path.
 * @throws ParameterError when a parameter cannot be sent.
 */
export function deploymentRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	resource: 'prompt' | 'workflow',
	{ async, streaming }: Delivery,
): ApiRequest & { body: IDataObject } {
	const { deployment, variant, inputs } = readSnippetRun(context, itemIndex, resource) ?? {
		...readDeployment(context, itemIndex),
		inputs: readInputs(context, itemIndex),
	};
	const body: IDataObject = {
		deployment,
		variant,
		async,
		inputs,
		metadata: readMetadata(context, itemIndex),
		user: readUser(context, itemIndex),
		streaming,
	};
	return {
		method: 'POST',
		path: `/${resource}/invoke`,
		body,
		timeoutSeconds: readTimeoutSeconds(context, itemIndex),
		missing: notFound(
			`the deployment '${deployment}' with the variant '${variant}'`,
			'Compare both names with Code Snippet in Fetch Hive.',
		),
	};
}
