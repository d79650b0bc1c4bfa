import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ONLY_THE_USER_KNOWS } from './builderHints';
import { CODE_SNIPPET } from './snippetRun';
import { BY_NAME, SPECIFY_RUN } from './specifyRun';
import { readRequiredText } from './texts';

const DEPLOYMENT: INodeProperties = {
	displayName: 'Deployment',
	name: 'deployment',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. summarise-topic',
	displayOptions: { show: BY_NAME },
	description: 'Name of the deployment, as Code Snippet in Fetch Hive shows it',
	hint: 'Copy both names from Code Snippet in Fetch Hive',
	builderHint: ONLY_THE_USER_KNOWS,
};

const VARIANT: INodeProperties = {
	displayName: 'Variant',
	name: 'variant',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. production',
	displayOptions: { show: BY_NAME },
	description: 'Name of the deployment variant, as Code Snippet in Fetch Hive shows it',
	builderHint: ONLY_THE_USER_KNOWS,
};

/** What says which deployment runs. Fetch Hive has no endpoint that lists them, so the user copies names or snippet. */
export const deploymentFields = [SPECIFY_RUN, CODE_SNIPPET, DEPLOYMENT, VARIANT];

const WHERE_THEY_ARE = 'Copy it from Fetch Hive: open the deployment and click Code Snippet.';

/**
 * The deployment and variant of an item.
 *
 * @throws ParameterError when one of them is empty.
 */
export function readDeployment(
	context: IExecuteFunctions,
	itemIndex: number,
): { deployment: string; variant: string } {
	return {
		deployment: readRequiredText(context, DEPLOYMENT, itemIndex, WHERE_THEY_ARE).trim(),
		variant: readRequiredText(context, VARIANT, itemIndex, WHERE_THEY_ARE).trim(),
	};
}
