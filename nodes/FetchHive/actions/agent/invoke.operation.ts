import type { INodeProperties } from 'n8n-workflow';

import { completedRun } from '../../../shared/api/runAnswer';
import type { ApiRequest } from '../../../shared/api/transport';
import { answerTo } from '../../call/answer';
import { readResultForm, resultOf } from '../../call/result';
import { readStreaming } from '../../call/streaming';
import { metadataFields, readMetadata } from '../../fields/metadata';
import {
	ASSET_OPTIONS,
	optionsField,
	OUTPUT_OPTIONS,
	readTimeoutSeconds,
	readUser,
} from '../../fields/options';
import { ENABLE_STREAMING } from '../../fields/streaming';
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
	hint: 'Copy it from the agent in Fetch Hive',
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
		optionsField([
			ATTACHMENT_URLS,
			ENABLE_STREAMING,
			...CONVERSATION_OPTIONS,
			...OUTPUT_OPTIONS,
			...ASSET_OPTIONS,
		]),
	],
	async prepare(context, itemIndex) {
		const agentId = readRequiredText(context, AGENT_ID, itemIndex, 'Copy it from Fetch Hive.');
		const message = readRequiredText(context, MESSAGE, itemIndex, 'Say what the agent is to do.');
		const conversation = readConversation(context, itemIndex);
		const request: ApiRequest = {
			method: 'POST',
			path: '/agent/invoke',
			body: {
				agent: agentId.trim(),
				message,
				...conversation,
				attachments: await readAttachments(context, itemIndex),
				metadata: readMetadata(context, itemIndex),
				user: readUser(context, itemIndex),
				// Where it is not sent, Fetch Hive may answer with server-sent events.
				streaming: readStreaming(context, itemIndex),
			},
			timeoutSeconds: readTimeoutSeconds(context, itemIndex),
		};
		const form = await readResultForm(context, itemIndex);
		return {
			send: async () => ({ json: completedRun(await answerTo(context, request, itemIndex)) }),
			// What is said in a conversation depends on what was said before.
			inTurnWith: conversation.thread_id,
			finish: async ({ json }) => await resultOf(context, form, json),
		};
	},
};
