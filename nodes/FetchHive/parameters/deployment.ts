import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { readRequiredText } from './scalars';
import { ONLY_THE_USER_KNOWS } from './sharedTexts';

/** How the deployment is chosen. */
export const SPECIFY_RUN: INodeProperties = {
	displayName: 'Specify Run',
	name: 'specifyRun',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'By Name',
			value: 'name',
			description: 'Enter the names of deployment, variant and inputs',
		},
		{
			name: 'From Code Snippet',
			value: 'snippet',
			description: 'Paste what Code Snippet in Fetch Hive shows: its inputs become fields',
		},
	],
	default: 'name',
	description: 'How to say which deployment runs, and with which inputs',
};

/** For the fields that a code snippet takes the place of. */
export const BY_NAME = { specifyRun: ['name'] };

/** For the fields of a code snippet. */
export const FROM_SNIPPET = { specifyRun: ['snippet'] };

export const DEPLOYMENT: INodeProperties = {
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

export const VARIANT: INodeProperties = {
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
