/** How a run shows that started and whose model provider then failed: the error that stops the node ... */
export const PROVIDER_FAILURE_ERROR = {
	name: 'NodeApiError',
	message: 'The run ended as failed',
	description: expect.stringMatching(/not sent again.*The model provider failed to answer\./),
	httpCode: '502',
};

/** ... and the item where the workflow continues. */
export const PROVIDER_FAILURE_ITEM = {
	error: 'The run ended as failed',
	details: {
		status_code: 502,
		request_id: expect.stringMatching(/^req_/),
		run_status: 'failed',
		description: expect.any(String),
	},
};
