import type { IWebhookDescription } from 'n8n-workflow';

/**
 * Fetch Hive has no call that registers a webhook: the user gives this address to each run. So there is nothing to
 * check, create or delete, and no `webhookMethods`.
 */
export const webhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		path: 'webhook',
		responseMode: 'onReceived',
		// Without it n8n 2.x answers a fixed text instead of the webhookResponse.
		responseData: '',
	},
];
