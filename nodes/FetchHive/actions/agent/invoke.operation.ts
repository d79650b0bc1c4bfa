import type { INodeProperties } from 'n8n-workflow';

import { downloadAssets } from '../../../shared/assetDownload';
import { completedRun, withParsedOutput } from '../../../shared/runAnswer';
import { sendRequest } from '../../../shared/transport';
import type { ApiRequest } from '../../../shared/transport';
import { readAssetLimits } from '../../fields/assetLimits';
import { metadataFields, readMetadata } from '../../fields/metadata';
import {
	ASSET_OPTIONS,
	optionsField,
	OUTPUT_OPTIONS,
	readParseOutput,
	readTimeoutSeconds,
	readUser,
} from '../../fields/options';
import { readRequiredText } from '../../fields/texts';
import type { Operation } from '../operation';
import { ATTACHMENT_URLS, readAttachments } from './attachments';
import { CONVERSATION_OPTIONS, readConversation } from './conversation';

const AGENT_ID: INodeProperties = {
	displayName: 'Agent ID',
	name: 'agentId',
	type: 'string',
	required: true,
	default: '',
	description: 'ID of the agent, as Fetch Hive shows it',
};

const MESSAGE: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	required: true,
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. Which of our orders are late?',
	description: 'What the agent is asked or told',
};

/** Sends a message to an agent and waits for its response. */
export const invoke: Operation = {
	option: {
		name: 'Send Message',
		value: 'invoke',
		action: 'Send a message to an agent',
		description: 'Ask an agent something, or tell it what to do, and wait for its response',
	},
	parameters: [
		AGENT_ID,
		MESSAGE,
		...metadataFields,
		optionsField([ATTACHMENT_URLS, ...CONVERSATION_OPTIONS, ...OUTPUT_OPTIONS, ...ASSET_OPTIONS]),
	],
	async prepare(context, itemIndex) {
		const agentId = readRequiredText(context, AGENT_ID, itemIndex, 'Copy it from Fetch Hive.');
		const message = readRequiredText(context, MESSAGE, itemIndex, 'Say what the agent is to do.');
		const request: ApiRequest = {
			method: 'POST',
			path: '/agent/invoke',
			body: {
				agent: agentId.trim(),
				message,
				...readConversation(context, itemIndex),
				attachments: await readAttachments(context, itemIndex),
				metadata: readMetadata(context, itemIndex),
				user: readUser(context, itemIndex),
				// Where it is not sent, Fetch Hive may answer with server-sent events.
				streaming: false,
			},
			timeoutSeconds: readTimeoutSeconds(context, itemIndex),
		};
		const parseOutput = readParseOutput(context, itemIndex);
		const assetLimits = await readAssetLimits(context, itemIndex);
		return {
			async send() {
				const item = completedRun(await sendRequest(context, request));
				const json = parseOutput ? withParsedOutput(item) : item;
				return await downloadAssets(context, json, assetLimits);
			},
		};
	},
};
