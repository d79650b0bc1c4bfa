const { INVOKE, isSuccess, lookedUp, orderOf } = require('./probe');

/**
 * @typedef {import('./probe').Found} Found
 * @typedef {import('./probe').Probe} Probe
 * @typedef {import('./probe').Target} Target
 */

/** @param {any} body @returns {Found['statusField']} */
function statusField(body) {
	if (body?.run_status !== undefined) return body.status === undefined ? 'run_status' : 'both';
	return body?.status === undefined ? undefined : 'status';
}

/** @param {unknown} status of a completed run @returns {Found['requestStatusWords']} */
function statusWords(status) {
	if (status === 'completed') return 'plain';
	return String(status).endsWith('_completed') ? 'prefixed' : undefined;
}

/** One run and one look-up. @type {Probe} */
const completedRun = {
	name: 'a direct run, and its status afterwards',
	finds: [
		'statusField',
		'requestForm',
		'requestFields',
		'requestStatusWords',
		'requestDataHoldsOutput',
	],
	needs: ['workflow'],
	run: async ({ client, targets }) => {
		const run = await client.post(INVOKE, orderOf(targets.workflow));
		if (!isSuccess(run)) return {};
		const lookUp = await client.get(`/public/requests/${run.body?.request_id}`);
		if (!isSuccess(lookUp)) return { statusField: statusField(run.body) };
		const request = lookedUp(lookUp.body);
		return {
			statusField: statusField(run.body),
			requestForm: request === lookUp.body ? 'flat' : 'wrapped',
			requestFields: request?.requestable_type === undefined ? 'pages' : 'sdk',
			requestStatusWords: statusWords(request?.status),
			requestDataHoldsOutput: Boolean(request?.data),
		};
	},
};

/** @type {Probe} */
const failedRun = {
	name: 'a direct run that fails',
	finds: ['failedRunAnswer'],
	needs: ['failing'],
	run: async ({ client, targets }) => {
		const answer = await client.post(INVOKE, orderOf(/** @type {Target} */ (targets.failing)));
		if (!isSuccess(answer)) return { failedRunAnswer: 'error_status' };
		const hasStatus = statusField(answer.body) !== undefined;
		return { failedRunAnswer: hasStatus ? 'ok_failed' : 'ok_error_only' };
	},
};

/** @type {Probe} */
const textForOtherTypes = {
	name: 'text for an input of another type',
	finds: ['otherInputTypes'],
	needs: ['typed'],
	run: async ({ client, targets }) => {
		const answer = await client.post(INVOKE, orderOf(/** @type {Target} */ (targets.typed)));
		if (isSuccess(answer)) return { otherInputTypes: 'lenient' };
		const isValidation = answer.status === 400 || answer.status === 422;
		return { otherInputTypes: isValidation ? 'strict' : undefined };
	},
};

/** @type {Probe} */
const promptWithoutStreaming = {
	name: 'a prompt that says nothing about streaming',
	finds: ['streamingDefault'],
	needs: ['prompt'],
	run: async ({ client, targets }) => {
		const order = orderOf(/** @type {Target} */ (targets.prompt));
		const answer = await client.post('/prompt/invoke', order);
		if (!isSuccess(answer)) return {};
		const type = String(answer.headers['content-type']);
		return { streamingDefault: type.startsWith('text/event-stream') };
	},
};

/** @param {string} text server-sent events @returns {Found['streamShape']} */
function streamShape(text) {
	const [, event] = /^data: *(\{.*\})\s*$/m.exec(text) ?? [];
	if (event === undefined) return undefined;
	if ('type' in JSON.parse(event)) return 'typed';
	return 'delta' in JSON.parse(event) ? 'delta' : undefined;
}

/** @type {Probe} */
const streamedPrompt = {
	name: 'a prompt that is to be streamed',
	finds: ['streamShape'],
	needs: ['prompt'],
	run: async ({ client, targets }) => {
		const order = orderOf(/** @type {Target} */ (targets.prompt));
		const { text } = await client.post('/prompt/invoke', { ...order, streaming: true });
		return { streamShape: streamShape(text) };
	},
};

module.exports = {
	probes: [completedRun, failedRun, textForOtherTypes, promptWithoutStreaming, streamedPrompt],
};
