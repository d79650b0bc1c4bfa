import type { INodeProperties } from 'n8n-workflow';

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
