import type { IExecuteFunctions } from 'n8n-workflow';

import type { CallbackDelivery } from '../parameters/callbackUrl';
import { DEPLOYMENT, readDeployment, SPECIFY_RUN, VARIANT } from '../parameters/deployment';
import { inputsFields, LEAVE_OUT_EMPTY_INPUTS, readInputs } from '../parameters/inputs';
import { METADATA_JSON, metadataFields, readMetadata } from '../parameters/metadata';
import { OUTPUT_OPTIONS, readTimeoutSeconds, START_TIMEOUT, USER } from '../parameters/options';
import { readOptionalText } from '../parameters/scalars';
import { CODE_SNIPPET, readSnippetRun, SNIPPET_INPUTS } from '../parameters/snippetRun';
import type { RequestOfItem } from './operation';

/** Which deployment runs. Fetch Hive has no endpoint that lists them, so the user copies names or snippet. */
export const deploymentFields = [SPECIFY_RUN, CODE_SNIPPET, DEPLOYMENT, VARIANT];

/** With what a workflow runs. */
export const workflowFields = [
	SNIPPET_INPUTS,
	...inputsFields("workflow's Start step"),
	...metadataFields,
];

/** With what a prompt runs. */
export const promptFields = [SNIPPET_INPUTS, ...inputsFields('prompt'), ...metadataFields];

/** For every run of a deployment that waits for the output. */
export const DEPLOYMENT_OPTIONS = [LEAVE_OUT_EMPTY_INPUTS, ...OUTPUT_OPTIONS];

/** For every run of a deployment that does not wait for it. */
export const DEPLOYMENT_START_OPTIONS = [
	LEAVE_OUT_EMPTY_INPUTS,
	METADATA_JSON,
	START_TIMEOUT,
	USER,
];

/** How the result of a deployment's run is delivered. */
interface Delivery {
	/** Callback delivery: workflows only. */
	async?: CallbackDelivery;
	/** Prompts only: true asks for server-sent events. */
	streaming?: boolean;
}

/**
 * The request that runs a deployment for an item, with its keys in the order of Fetch Hive's own examples.
 *
 * @param resource What the deployment is of.
 * @throws ParameterError when a parameter cannot be sent.
 */
export function deploymentRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	resource: 'prompt' | 'workflow',
	{ async, streaming }: Delivery = {},
): RequestOfItem {
	const isFromSnippet = context.getNodeParameter(SPECIFY_RUN.name, itemIndex, 'name') === 'snippet';
	const { deployment, variant, inputs } = isFromSnippet
		? readSnippetRun(context, itemIndex, resource)
		: { ...readDeployment(context, itemIndex), inputs: readInputs(context, itemIndex) };
	return {
		body: {
			deployment,
			variant,
			async,
			inputs,
			metadata: readMetadata(context, itemIndex),
			user: readOptionalText(context, USER, itemIndex),
			streaming,
		},
		timeoutSeconds: readTimeoutSeconds(context, itemIndex),
		named: {
			what: `the deployment '${deployment}' with the variant '${variant}'`,
			advice: 'Compare both names with Code Snippet in Fetch Hive.',
		},
	};
}
