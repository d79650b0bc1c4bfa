import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { properties, subtitle } from './actions/properties';
import { runOperation } from './actions/router';
import { snippetInputs } from './parameters/snippetRun';
import { answerResumingCallback, resumeWebhooks } from './wait/resumeWebhook';

export class FetchHive implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fetch Hive',
		name: 'fetchHive',
		icon: { light: 'file:../../icons/fetchHive.svg', dark: 'file:../../icons/fetchHive.dark.svg' },
		group: ['transform'],
		// Not 1: for a node of version 1 n8n evaluates a parameter at each call of its webhook. The sandbox for that costs
		// more than the rest of a callback.
		version: 2,
		subtitle,
		description: 'Run Fetch Hive workflows, prompts and agents and get their results',
		// Fetch Hive's own pages are in the codex. n8n appends its query to a codex's address, which would break an anchor.
		documentationUrl: 'https://github.com/Fetch-Hive/n8n-nodes-fetchhive#your-first-run',
		defaults: { name: 'Fetch Hive' },
		usableAsTool: true,
		builderHint: {
			searchHint:
				'Runs what the user has built in Fetch Hive: workflows, prompts, agents and Hive Agents. Prefer it to HTTP Request for Fetch Hive. A run that fails is an error of this node: after invoke there is no need to check run_status.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-fetchhive.fetchHiveTrigger',
					relationHint:
						'Receives, in another workflow, the results of runs that were started with invokeAsync. Not needed for invoke and invokeAndWait.',
				},
			],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'fetchHiveApi', required: true }],
		webhooks: resumeWebhooks,
		waitingNodeTooltip:
			'={{ "Sleeping until Fetch Hive calls back with the result, at most " + $parameter["waitAmount"] + " " + $parameter["waitUnit"].replace(/s$/, Number($parameter["waitAmount"]) === 1 ? "" : "s") }}',
		properties,
	};

	methods = { resourceMapping: { snippetInputs } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runOperation(this, this.continueOnFail())];
	}

	/** Runs when Fetch Hive calls back for a waiting execution. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await answerResumingCallback(this);
	}
}
