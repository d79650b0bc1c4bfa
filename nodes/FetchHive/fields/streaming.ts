import type { INodeProperties } from 'n8n-workflow';

export const ENABLE_STREAMING: INodeProperties = {
	displayName: 'Enable Streaming',
	name: 'enableStreaming',
	type: 'boolean',
	default: true,
	description:
		"Whether to pass the response on word by word where the execution streams: it was started by a Chat Trigger or a Webhook whose response mode is 'Streaming'. Has no effect anywhere else, nor in a tool of an AI agent. Switch it off for a response that is not for whoever reads along.",
};
