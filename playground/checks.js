const { outputOf, waitFor } = require('./n8n/rest');

/** Longer than the action node's own time-out, so that its message is the one that is seen. */
const RUN_SECONDS = 330;
const CALLBACK_SECONDS = 300;
const TRIGGER = 'Manual Trigger';
const INVOKE_NODE = 'Invoke';
const INVOKE_ASYNC_NODE = 'Invoke Async';
const RECEIVING_NODE = 'Fetch Hive Trigger';
/** Behind the node that waits. */
const RESULT_NODE = 'Use the Result';

/**
 * @typedef {import('./demo').Demo} Demo
 * @typedef {import('./n8n/rest').Execution} Execution
 * @typedef {{title: string, look: () => Promise<string>}} Check `look` gives what was seen, or throws why not
 */

/**
 * @param {unknown} value
 * @returns {boolean}
 */
function isEmpty(value) {
	return value === undefined || value === null || value === '';
}

/** @param {Execution} execution */
function requireSuccess({ id, status, resultData }) {
	if (status === 'success') return;
	const reason = resultData.error?.message ?? 'no reason given';
	throw new Error(`execution ${id} ended as "${status}": ${reason}`);
}

/**
 * @param {Demo} demo
 * @param {{id: string}} workflow
 * @param {string} nodeName
 * @param {AbortSignal} [signal]
 */
async function runOnce({ client }, { id }, nodeName, signal) {
	const executionId = await client.run(id, TRIGGER);
	return await itemOfFinished(client, executionId, nodeName, signal);
}

/**
 * @param {Demo['client']} client
 * @param {string} executionId
 * @param {string} nodeName
 * @param {AbortSignal} [signal]
 */
async function itemOfFinished(client, executionId, nodeName, signal) {
	const execution = await client.finishedExecution(executionId, { seconds: RUN_SECONDS, signal });
	requireSuccess(execution);
	const [item] = outputOf(execution, nodeName);
	if (!item) throw new Error(`"${nodeName}" gave no item`);
	return item;
}

/**
 * @param {Demo} demo
 * @returns {Check}
 */
function credentialCheck({ credentialTest }) {
	return {
		title: 'the Fetch Hive API credential passed its test',
		look: async () => {
			if (credentialTest.status !== 'OK') throw new Error(credentialTest.message);
			return credentialTest.message;
		},
	};
}

/**
 * @param {Demo} demo
 * @param {AbortSignal} [signal]
 * @returns {Check}
 */
function invokeCheck(demo, signal) {
	return {
		title: 'Workflow: Invoke gave the output',
		look: async () => {
			const { requests } = demo.service;
			const seenBefore = requests?.length ?? 0;
			const { output } = await runOnce(demo, demo.examples['workflow-invoke'], INVOKE_NODE, signal);
			if (isEmpty(output)) throw new Error('the item has no output');
			const invoked = requests?.slice(seenBefore).some(isSuccessfulInvoke) ?? true;
			if (!invoked) throw new Error('the emulator did not see the request');
			return JSON.stringify(output);
		},
	};
}

/** @param {import('./service').ReceivedRequest} request */
function isSuccessfulInvoke({ method, path, status }) {
	return method === 'POST' && path.endsWith('/workflow/invoke') && status === 200;
}

/**
 * @param {Demo} demo
 * @param {AbortSignal} [signal]
 * @returns {Check}
 */
function waitCheck({ client, examples }, signal) {
	return {
		title: 'Workflow: Invoke and Wait slept until the signed callback and went on',
		look: async () => {
			const executionId = await client.run(examples['workflow-invoke-and-wait'].id, TRIGGER);
			await requireSleep(client, executionId, signal);
			const { output } = await itemOfFinished(client, executionId, RESULT_NODE, signal);
			if (isEmpty(output)) throw new Error('the item has no output');
			return JSON.stringify(output);
		},
	};
}

/**
 * @param {Demo['client']} client
 * @param {string} executionId
 * @param {AbortSignal} [signal]
 */
async function requireSleep(client, executionId, signal) {
	const look = async () => {
		const { status } = await client.execution(executionId);
		return ['new', 'running'].includes(status) ? undefined : status;
	};
	const what = `execution ${executionId} did not begin to wait`;
	const status = await waitFor(look, { seconds: RUN_SECONDS, what, signal });
	if (status === 'success') throw new Error(`execution ${executionId} ended without sleeping`);
}

/**
 * @param {Demo} demo
 * @param {AbortSignal} [signal]
 * @returns {Check[]}
 */
function callbackChecks(demo, signal) {
	const { 'workflow-invoke-async': start, 'fetch-hive-trigger': receive } = demo.examples;
	let requestId = '';
	return [
		{
			title: 'Workflow: Invoke Async started a run',
			look: async () => {
				const { request_id: id } = await runOnce(demo, start, INVOKE_ASYNC_NODE, signal);
				if (typeof id !== 'string' || id === '') throw new Error('the item has no request_id');
				requestId = id;
				return `request_id ${id}`;
			},
		},
		{
			title: 'Fetch Hive Trigger verified the signed callback and started its workflow',
			look: async () => {
				if (requestId === '') throw new Error('there is no request to wait for');
				const { output } = await receivedItem(demo, receive, requestId, signal);
				if (isEmpty(output)) throw new Error('the item has no output');
				return JSON.stringify(output);
			},
		},
	];
}

/**
 * @param {Demo} demo
 * @param {{id: string, name: string}} workflow
 * @param {string} requestId
 * @param {AbortSignal} [signal]
 */
async function receivedItem({ client }, { id, name }, requestId, signal) {
	/** @type {Set<string>} */
	const ofOtherRequests = new Set();
	const look = async () => {
		for (const summary of await client.executions(id)) {
			if (ofOtherRequests.has(summary.id)) continue;
			const execution = await client.finishedExecution(summary.id, {
				seconds: RUN_SECONDS,
				signal,
			});
			const [item] = outputOf(execution, RECEIVING_NODE);
			if (item?.request_id === requestId) return { execution, item };
			ofOtherRequests.add(summary.id);
		}
		return undefined;
	};
	const what = `no callback for ${requestId} reached "${name}"`;
	const { execution, item } = await waitFor(look, { seconds: CALLBACK_SECONDS, what, signal });
	requireSuccess(execution);
	return item;
}

/**
 * @param {Demo} demo
 * @param {AbortSignal} [signal]
 * @returns {Check[]}
 */
function checksOf(demo, signal) {
	return [
		credentialCheck(demo),
		invokeCheck(demo, signal),
		...(demo.canWait ? [waitCheck(demo, signal)] : []),
		...(demo.canReceive ? callbackChecks(demo, signal) : []),
	];
}

/**
 * Runs the checks one after the other and prints a line for each.
 *
 * @param {Check[]} checks
 * @param {{say: (line: string) => void, signal?: AbortSignal}} options
 * @returns {Promise<boolean>} whether all went well
 */
async function runChecks(checks, { say, signal }) {
	let allWell = true;
	for (const { title, look } of checks) {
		try {
			const seen = await look();
			say(`ok  ${title}\n      ${seen}`);
		} catch (error) {
			signal?.throwIfAborted();
			say(`FAIL  ${title}: ${/** @type {Error} */ (error).message}`);
			allWell = false;
		}
	}
	return allWell;
}

module.exports = { checksOf, runChecks };
