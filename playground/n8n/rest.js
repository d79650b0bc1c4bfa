const { setTimeout: sleep } = require('node:timers/promises');
const flatted = require('flatted');
const { inEveryDialect } = require('./dialect');
const { N8nRequestError, n8nSession } = require('./session');

/** What takes moments is seen at once, and what takes long is not asked for all the time. */
const FIRST_PAUSE_MILLISECONDS = 25;
const LONGEST_PAUSE_MILLISECONDS = 250;
const PUBLISH_SECONDS = 30;
const UNFINISHED = ['new', 'running', 'waiting'];

/**
 * @typedef {{email: string, password: string, firstName: string, lastName: string}} Owner
 * @typedef {{id: string, name: string}} SavedCredential
 * @typedef {{id: string, name: string, versionId: string, isArchived?: boolean}} SavedWorkflow
 * @typedef {{id: string, status: string}} ExecutionSummary
 * @typedef {{json: Record<string, unknown>}} Item
 * @typedef {{executionTime: number, data?: {main?: Array<Item[] | null>}, error?: {message: string}}} NodeRun
 * @typedef {object} Execution
 * @property {string} id
 * @property {string} status
 * @property {string} workflowId
 * @property {{error?: {message: string}, runData: Record<string, NodeRun[]>}} resultData
 * @property {{nodeExecutionStack: unknown[]}} [executionData]
 */

/**
 * @template T
 * @param {() => Promise<T | undefined>} look
 * @param {{seconds: number, what: string, signal?: AbortSignal}} options
 * @returns {Promise<T>} what `look` found first
 */
async function waitFor(look, { seconds, what, signal }) {
	const deadline = Date.now() + seconds * 1000;
	let pause = FIRST_PAUSE_MILLISECONDS;
	do {
		const found = await look();
		if (found !== undefined) return found;
		await sleep(pause, undefined, { signal });
		pause = Math.min(2 * pause, LONGEST_PAUSE_MILLISECONDS);
	} while (Date.now() < deadline);
	throw new Error(`Gave up after ${seconds} s: ${what}.`);
}

/** @param {N8nRequestError | unknown} error */
function isNotFound(error) {
	return error instanceof N8nRequestError && error.status === 404;
}

/**
 * @param {Execution} execution
 * @param {string} nodeName
 * @returns {Array<Record<string, unknown>>} the items of the node's last run, all its outputs in order
 */
function outputOf(execution, nodeName) {
	const outputs = execution.resultData.runData[nodeName]?.at(-1)?.data?.main ?? [];
	return outputs.flatMap((items) => items ?? []).map((item) => item.json);
}

/**
 * @param {Execution} execution
 * @returns {boolean} whether it is over and its data is saved
 */
function isWhole({ status, resultData, executionData }) {
	if (UNFINISHED.includes(status)) return false;
	if (!['success', 'error'].includes(status)) return true;
	// n8n 1 saves the status before the data: there may be none yet, or those of an execution that still sleeps.
	if (status === 'error') return Boolean(resultData.error);
	const nodesToRun = executionData?.nodeExecutionStack ?? [];
	return nodesToRun.length === 0 && Object.keys(resultData.runData).length > 0;
}

/**
 * @param {string} url of a running n8n
 * @param {import('./session').Session} [known] one that is logged in: n8n takes five log-ins of a user a minute
 */
function n8nClient(url, known) {
	const { call: callNewest, session } = n8nSession(url, known);
	const call = inEveryDialect(callNewest);

	/**
	 * Creates the owner of a fresh n8n, or logs in.
	 *
	 * @param {Owner} owner
	 */
	async function signIn(owner) {
		const { userManagement } = await call('GET', '/settings');
		if (userManagement.showSetupOnFirstLoad) return await call('POST', '/owner/setup', owner);
		const { email, password } = owner;
		return await call('POST', '/login', { emailOrLdapLoginId: email, password });
	}

	/**
	 * Creates the credential, or overwrites the one of that type and name.
	 *
	 * @param {{name: string, type: string, data: Record<string, unknown>}} credential
	 * @returns {Promise<SavedCredential>}
	 */
	async function saveCredential(credential) {
		/** @type {Array<{id: string, name: string, type: string}>} */
		const known = await call('GET', '/credentials');
		const old = known.find(
			({ name, type }) => name === credential.name && type === credential.type,
		);
		if (old) return await call('PATCH', `/credentials/${old.id}`, credential);
		return await call('POST', '/credentials', credential);
	}

	/**
	 * @param {{id: string, name: string, type: string, data: Record<string, unknown>}} credentials
	 * @returns {Promise<{status: 'OK' | 'Error', message: string}>}
	 */
	async function testCredential(credentials) {
		return await call('POST', '/credentials/test', { credentials });
	}

	/**
	 * @param {string} id
	 * @returns {Promise<SavedWorkflow | undefined>}
	 */
	async function findWorkflow(id) {
		try {
			return await call('GET', `/workflows/${id}`);
		} catch (error) {
			if (isNotFound(error)) return undefined;
			throw error;
		}
	}

	/**
	 * Creates the workflow, or overwrites the one with that id.
	 *
	 * @param {{id: string, name: string}} workflow
	 * @returns {Promise<SavedWorkflow>}
	 */
	async function saveWorkflow(workflow) {
		const old = await findWorkflow(workflow.id);
		if (!old) return await call('POST', '/workflows', workflow);
		if (old.isArchived) await call('POST', `/workflows/${workflow.id}/unarchive`, {});
		const { id, ...content } = workflow;
		return await call('PATCH', `/workflows/${id}`, content);
	}

	/**
	 * @param {string} id
	 * @returns {Promise<true | undefined>}
	 */
	async function isPublished(id) {
		try {
			const { status } = await call('GET', `/workflows/${id}/publication-status`);
			return status === 'published' || undefined;
		} catch (error) {
			// Before n8n had this route, activating was over when it answered.
			if (isNotFound(error)) return true;
			throw error;
		}
	}

	/**
	 * Publishes the workflow's saved version and waits until its triggers listen.
	 *
	 * @param {SavedWorkflow} workflow
	 * @param {{signal?: AbortSignal}} [options]
	 */
	async function activate({ id, name, versionId }, { signal } = {}) {
		await call('POST', `/workflows/${id}/activate`, { versionId });
		const what = `the workflow "${name}" did not become active`;
		await waitFor(() => isPublished(id), { seconds: PUBLISH_SECONDS, what, signal });
	}

	/**
	 * Runs a workflow as the editor's button does.
	 *
	 * @param {string} id
	 * @param {string} triggerName the node it starts from
	 * @returns {Promise<string>} the execution's id
	 */
	async function run(id, triggerName) {
		const body = { triggerToStartFrom: { name: triggerName } };
		const { executionId } = await call('POST', `/workflows/${id}/run`, body);
		return executionId;
	}

	/**
	 * @param {string} id
	 * @returns {Promise<Execution>}
	 */
	async function execution(id) {
		const found = await call('GET', `/executions/${id}`);
		// n8n answers 200 and nothing for one that it has removed.
		if (!found) throw new N8nRequestError(`There is no execution ${id}`, 404);
		const { data, ...summary } = found;
		return { resultData: { runData: {} }, ...summary, ...(data && flatted.parse(data)) };
	}

	/**
	 * @param {string} workflowId
	 * @returns {Promise<ExecutionSummary[]>} newest first
	 */
	async function executions(workflowId) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		return (await call('GET', `/executions?filter=${filter}`)).results;
	}

	/**
	 * @param {string} id
	 * @param {{seconds: number, signal?: AbortSignal}} options
	 * @returns {Promise<Execution>} succeeded or not
	 */
	async function finishedExecution(id, { seconds, signal }) {
		const look = async () => {
			const found = await execution(id);
			return isWhole(found) ? found : undefined;
		};
		return await waitFor(look, { seconds, what: `execution ${id} did not finish`, signal });
	}

	return {
		call,
		session,
		signIn,
		saveCredential,
		testCredential,
		saveWorkflow,
		activate,
		run,
		execution,
		executions,
		finishedExecution,
	};
}

/** @typedef {ReturnType<typeof n8nClient>} N8nClient */

module.exports = { isNotFound, n8nClient, outputOf, waitFor };
