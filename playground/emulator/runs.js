const { randomUUID } = require('node:crypto');
const { once } = require('node:events');
const { Readable } = require('node:stream');

const { concurrencyLimitReached, notFound } = require('./errors');
const { waited } = require('./pending');
const { newRequestId } = require('./requestId');

/**
 * @typedef {import('./deployments').Deployment} Deployment
 * @typedef {import('./deployments').Job} Job
 * @typedef {import('./deployments/failures').RunFailure} RunFailure
 * @typedef {import('./handlers/order').Answer} Answer
 * @typedef {import('./switches').Switches} Switches
 *
 * @typedef {object} Order what a run is started with
 * @property {Record<string, unknown>} [inputs]
 * @property {Record<string, unknown>} [metadata]
 * @property {string} [message]
 * @property {Job['history']} [history]
 * @property {string} [callbackUrl]
 *
 * @typedef {'queued' | 'running' | 'completed' | 'failed' | 'cancelled' | 'expired'} RunStatus
 *
 * @typedef {object} Run
 * @property {string} requestId
 * @property {string} runId a UUID
 * @property {Deployment['kind'] | 'agent.delegation'} kind
 * @property {string} deployment name of the deployment, ID of the agent
 * @property {string} secret
 * @property {RunStatus} status
 * @property {Record<string, unknown>} inputs
 * @property {Record<string, unknown>} metadata the caller's
 * @property {string} startedAt ISO 8601
 * @property {string | null} endedAt ISO 8601
 * @property {string} [callbackUrl]
 * @property {unknown} [output] of a completed run
 * @property {RunFailure} [failure] of a run that did not complete
 * @property {string} [delegationId]
 * @property {string} [threadId]
 * @property {string} [parentRequestId] of the run that started a delegation
 * @property {string} [toolCallId] of a delegation
 */

/** The record of every run, and the running itself. */
class Runs {
	/** @type {Run[]} */
	all = [];
	/** @type {Map<Run, { deployment: Deployment, job: Job }>} */
	#work = new Map();
	/** Direct runs, until all of their answer has left, and calls that hang: what the concurrency limit counts. */
	underWay = 0;
	/** The most of them at once since the last reset. */
	mostUnderWay = 0;

	/**
	 * @param {Switches} switches
	 * @param {import('./files').FileHost} files
	 */
	constructor(switches, files) {
		this.switches = switches;
		this.files = files;
	}

	/**
	 * @param {Deployment} deployment
	 * @param {Order} order
	 * @param {Partial<Run>} [rest]
	 * @returns {Run} running
	 */
	start(deployment, order, rest) {
		const { inputs = {}, metadata = {}, message = '', history = [], callbackUrl } = order;
		/** @type {Run} */
		const run = {
			requestId: newRequestId(),
			runId: randomUUID(),
			kind: deployment.kind,
			deployment: deployment.name,
			secret: deployment.secret,
			status: 'running',
			inputs,
			metadata,
			startedAt: new Date().toISOString(),
			endedAt: null,
			callbackUrl,
			...rest,
		};
		this.#work.set(run, { deployment, job: { inputs, message, history, files: this.files } });
		this.all.push(run);
		return run;
	}

	/**
	 * Does a run's work, unless it was ended before.
	 *
	 * @param {Run} run
	 * @param {AbortSignal} cancelled
	 * @returns {Promise<boolean>} false when waiting for it was cancelled
	 */
	async finish(run, cancelled) {
		const work = this.#work.get(run);
		if (!work) return false;
		const { slow, takesMs = () => this.switches.slowMs } = work.deployment;
		if (slow && !(await waited(takesMs(work.job), cancelled))) return false;
		if (run.endedAt !== null) return true;
		const { failure } = work.deployment;
		if (failure) run.failure = failure;
		else run.output = work.deployment.run(work.job);
		this.end(run, failure?.end ?? 'completed');
		return true;
	}

	/**
	 * @param {Run} run
	 * @param {RunStatus} status
	 */
	end(run, status) {
		run.status = status;
		run.endedAt = new Date().toISOString();
	}

	/** Whether a further direct run would be over the concurrency limit. */
	get isFull() {
		return this.underWay >= this.switches.concurrencyLimit;
	}

	/**
	 * Answers while taking one of the plan's places: until a streamed answer has come to its end, or its caller has left.
	 *
	 * @template {Answer | undefined} T
	 * @param {import('node:http').ServerResponse} response
	 * @param {() => Promise<T>} answerOf
	 * @returns {Promise<T>}
	 * @throws {import('./errors').ApiError} 429 over the concurrency limit: nothing was done
	 */
	async inPlace(response, answerOf) {
		if (this.isFull) throw concurrencyLimitReached();
		this.underWay += 1;
		this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
		const leave = () => {
			this.underWay -= 1;
		};
		const answer = await answerOf().catch((error) => {
			leave();
			throw error;
		});
		if (answer?.body instanceof Readable) {
			// A stream that is held closes only when it is released.
			const ends = [answer.body, response].map((each) => once(each, 'close'));
			void Promise.race(ends).then(leave, leave);
		} else {
			leave();
		}
		return answer;
	}

	/**
	 * @param {string} requestId
	 * @returns {Run}
	 * @throws {import('./errors').ApiError} 404
	 */
	get(requestId) {
		const run = this.all.find((each) => each.requestId === requestId);
		if (!run) throw notFound('Request not found');
		return run;
	}

	clear() {
		this.all.length = 0;
		this.mostUnderWay = this.underWay;
		this.#work.clear();
	}
}

module.exports = { Runs };
