/**
 * The least that a community trigger can be: it answers 200 and starts an execution, and checks nothing. n8n spares only
 * its own Webhook node a sandbox for each call, so this is the most that any package can reach.
 */
class EmptyTrigger {
	description = {
		displayName: 'Empty Trigger',
		name: 'emptyTrigger',
		group: ['trigger'],
		// As the trigger of this package: n8n evaluates a parameter for each call of a node of version 1.
		version: 2,
		description: 'Starts the workflow on every call',
		defaults: { name: 'Empty Trigger' },
		inputs: [],
		outputs: ['main'],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				responseMode: 'onReceived',
				responseData: '',
			},
		],
		properties: [],
	};

	/** @this {import('n8n-workflow').IWebhookFunctions} */
	async webhook() {
		return { workflowData: [[{ json: this.getBodyData() }]] };
	}
}

module.exports = { EmptyTrigger };
