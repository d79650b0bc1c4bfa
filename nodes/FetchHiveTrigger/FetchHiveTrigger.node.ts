import type {
	ICredentialsDecrypted,
	IExecuteFunctions,
	INodeExecutionData,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import {
	downloadAssetsOption,
	maxAssetSizeOption,
	maxTotalAssetSizeOption,
} from '../shared/assets/assetOptions';
import { allowInternalAssetsOption, withAssets } from './callbackAssets';
import { answerCallback, failIfUnverified } from './callbackWebhook';
import { withoutSeenCallbacks } from './duplicates';
import { testSigningSecret } from './signingSecrets';
import { webhooks } from './webhookDescription';

/** The groups of callbacks, as `readCallback` forms them. */
const TRIGGER_ON: INodePropertyOptions[] = [
	{
		name: 'Run Completed',
		value: 'completed',
		description: 'The run brought its output',
	},
	{
		name: 'Run Failed',
		value: 'failed',
		description: 'The run failed, was cancelled or expired',
	},
	{
		name: 'Progress and Other Events',
		value: 'other',
		description: 'News of a run that has not finished, without an output, or a new kind of event',
	},
];

const TRIGGER_ON_NAMES = Object.fromEntries(TRIGGER_ON.map(({ name, value }) => [value, name]));

/** The line below the trigger's name on the canvas: what it starts on, as the panel's list names it. */
const SUBTITLE = `={{ [].concat($parameter["triggerOn"]).map((group) => (${JSON.stringify(TRIGGER_ON_NAMES)})[group] ?? group).join(", ") }}`;

export class FetchHiveTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Fetch Hive Trigger',
		name: 'fetchHiveTrigger',
		icon: { light: 'file:../../icons/fetchHive.svg', dark: 'file:../../icons/fetchHive.dark.svg' },
		group: ['trigger'],
		// Not 1: for a node of version 1 n8n evaluates a parameter at each call of its webhook. The sandbox for that costs
		// more than the rest of a callback.
		version: 2,
		subtitle: SUBTITLE,
		// n8n's node panel lists both nodes as one, with this text.
		description:
			'Run Fetch Hive workflows, prompts and agents, or start a workflow when a run has finished',
		documentationUrl: 'https://github.com/Fetch-Hive/n8n-nodes-fetchhive#trigger',
		defaults: { name: 'Fetch Hive Trigger' },
		builderHint: {
			searchHint:
				'Starts the workflow with the result of each run whose Callback URL is the Production URL of this trigger. Put the node that starts the runs, with invokeAsync, into another workflow. Signatures are checked already: add no node for it. By default it also starts on runs that failed: branch on run_status.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-fetchhive.fetchHive',
					relationHint:
						'Starts the runs, with invokeAsync. Where the same workflow is to continue with the result, use its invokeAndWait alone, without this trigger.',
				},
			],
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'fetchHiveSigningSecretApi', required: true, testedBy: 'signingSecretShape' },
		],
		webhooks,
		triggerPanel: {
			header: 'Start when a Fetch Hive run has finished',
			executionsHelp: {
				inactive:
					"This trigger has two addresses. Use the <b>Production URL</b> in 'Callback URL' of a Fetch Hive node: it works for any number of runs, while this workflow is published (active). The <b>Test URL</b> works once, while you listen for a test event.",
				active:
					'This workflow is published (active): each callback to its <b>Production URL</b> starts an execution, if it is signed with the secret in the credential. The <b>Test URL</b> works once, while you listen for a test event.',
			},
			activationHint:
				"Publish (activate) the workflow, copy its <b>Production URL</b> and paste it into 'Callback URL' of a Fetch Hive node.",
		},
		eventTriggerDescription: 'Waiting for a Fetch Hive run to call the Test URL',
		activationMessage:
			"The workflow now starts when Fetch Hive calls this trigger's Production URL. Paste that URL into 'Callback URL' of a Fetch Hive node.",
		properties: [
			{
				displayName:
					"Paste this trigger's Production URL into 'Callback URL' of the Fetch Hive node that starts the run: Fetch Hive sends the result there. Callbacks that are not signed with the secret in the credential are refused.",
				name: 'callbackNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Trigger On',
				name: 'triggerOn',
				type: 'multiOptions',
				required: true,
				options: TRIGGER_ON,
				default: ['completed', 'failed'],
			},
			{
				displayName: 'Output',
				name: 'output',
				type: 'options',
				options: [
					{
						name: 'Simplified',
						value: 'simplified',
						description:
							'The status, the request ID and the output, in the same place for every event',
					},
					{ name: 'Raw', value: 'raw', description: 'The body as Fetch Hive sent it' },
				],
				default: 'simplified',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					allowInternalAssetsOption,
					downloadAssetsOption,
					{
						displayName: 'Ignore Duplicates',
						name: 'ignoreDuplicates',
						type: 'boolean',
						default: true,
						description:
							'Whether to ignore a callback that arrives again with the same request ID and event',
					},
					maxAssetSizeOption,
					maxTotalAssetSizeOption,
				],
			},
		],
	};

	methods = {
		credentialTest: {
			async signingSecretShape(credential: ICredentialsDecrypted) {
				return testSigningSecret(credential.data ?? {});
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await answerCallback(this);
	}

	/**
	 * Runs in the execution that a callback started. Only there n8n's store of processed items can be asked, and a download
	 * does not delay the answer to the callback.
	 */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		failIfUnverified(this, items);
		const ignoreDuplicates = this.getNodeParameter('options.ignoreDuplicates', 0, true) === true;
		// A user who runs an execution again wants its callback once more.
		const takesAll = !ignoreDuplicates || ['manual', 'retry'].includes(this.getMode());
		const fresh = takesAll ? items : await withoutSeenCallbacks(this, items);
		return [
			await withAssets(
				this,
				fresh.map((item) => ({ ...item, copyKey: undefined })),
			),
		];
	}
}
