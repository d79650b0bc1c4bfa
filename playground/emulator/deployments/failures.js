/**
 * @typedef {object} Refusal an invoke that is refused before a run starts
 * @property {number} status
 * @property {string} message
 * @property {string} code `error_code`
 * @property {Record<string, unknown>} [extra] further keys of the answer
 *
 * @typedef {object} RunFailure a run that starts and does not complete
 * @property {'failed' | 'cancelled' | 'expired'} end
 * @property {number} status of a direct call's error answer
 * @property {string} message
 * @property {string} [code] `error_code`, where one is documented
 */

/** @type {Record<string, Refusal>} by deployment name */
const refusals = {
	'fails-credit-cap': {
		status: 422,
		code: 'account_credit_cap_reached',
		message: 'Your account has reached its credit cap.',
	},
	'fails-model-deprecated': {
		status: 422,
		code: 'model_deprecated',
		message: 'The model of this deployment is deprecated.',
	},
	'fails-credentials': {
		status: 422,
		code: 'personal_model_missing_credentials',
		message: 'The personal model has no credentials.',
	},
	'fails-invalid-credentials': {
		status: 422,
		code: 'personal_model_invalid_credentials',
		message: 'The credentials of the personal model were refused.',
	},
	'fails-vision': {
		status: 422,
		code: 'vision_not_supported',
		message: 'The model does not support images.',
	},
	'fails-credits': {
		status: 402,
		code: 'insufficient_hosted_llm_credits',
		message: 'You have no hosted model credits left.',
	},
	'fails-asset-storage': {
		status: 402,
		code: 'asset_storage_limit_reached',
		message: 'The asset storage of your plan is full.',
	},
	'fails-step-limit': {
		status: 402,
		code: 'workflow_step_limit_reached',
		message: 'Your plan does not allow so many workflow steps.',
	},
	'fails-workspace-limit': {
		status: 402,
		code: 'workspace_limit_reached',
		message: 'Your plan does not allow more workspaces.',
	},
	'fails-log-range': {
		status: 402,
		code: 'log_range_limit_exceeded',
		message: 'Your plan does not reach back so far.',
	},
	'fails-daily-limit': {
		status: 429,
		code: 'api_rate_limit_exceeded',
		message: 'You have reached your daily API limit. It resets at midnight UTC.',
		extra: { limit: 50, current: 50 },
	},
	'fails-too-many-requests': {
		status: 429,
		code: 'too_many_requests',
		message: 'The provider is receiving too many requests.',
	},
};

/** @type {Record<string, RunFailure>} by deployment name */
const runFailures = {
	'fails-run': { end: 'failed', status: 422, message: 'Step 2 of the workflow failed.' },
	'fails-iteration-limit': {
		end: 'failed',
		status: 422,
		code: 'iteration_limit_exceeded',
		message: 'The run needed too many iterations.',
	},
	'fails-provider': {
		end: 'failed',
		status: 502,
		message: 'The model provider failed to answer.',
	},
	'fails-internal': {
		end: 'failed',
		status: 500,
		code: 'internal_server_error',
		message: 'Something went wrong.',
	},
	'cancelled-run': { end: 'cancelled', status: 422, message: 'The run was cancelled.' },
	'expired-run': {
		end: 'expired',
		status: 422,
		message: 'The run expired before a person approved it.',
	},
};

module.exports = { refusals, runFailures };
