const { deployments } = require('./deployments');
const {
	dailyLimitReached,
	invalid,
	invalidAccess,
	invalidLookUp,
	lookUpFailed,
	tooManyRequests,
} = require('./errors');
const { requestErrors } = require('./contract');
const { refusalText } = require('./refusals');

/**
 * @typedef {import('./contract').Operation} Operation
 * @typedef {import('./requestLog').RequestEntry} RequestEntry
 */

/** What every API request has to pass before its operation sees it. */
class Gate {
	#calls = 0;

	/**
	 * @param {string} apiKey
	 * @param {import('./switches').Switches} switches
	 */
	constructor(apiKey, switches) {
		this.apiKey = apiKey;
		this.switches = switches;
	}

	/**
	 * @param {Operation} operation
	 * @param {RequestEntry} request
	 * @param {Record<string, string>} params of the path
	 * @throws {import('./errors').ApiError} why the request is refused; no run was started
	 */
	check(operation, request, params) {
		this.#checkAccess(operation, request, params);
		if (operation.access !== 'none') this.#countCall();
		if (operation.hasBody) this.#checkBody(operation, request);
		if (operation.startsRun) this.#checkProvider();
		else this.#checkLookUp();
	}

	/**
	 * @param {Operation} operation
	 * @param {RequestEntry} request
	 * @param {Record<string, string>} params
	 */
	#checkAccess({ access }, { headers, query }, params) {
		if (access === 'none') return;
		if (access === 'apiKey') {
			if (headers.authorization !== `Bearer ${this.apiKey}`) throw invalidAccess();
			return;
		}
		const name = params.endpoint_id ?? params.agent_id;
		const deployment = deployments.find((each) => each.name === name);
		const sent = headers['x-fetch-hive-webhook-secret'] ?? query.secret;
		if (!deployment || sent !== deployment.secret) throw invalidAccess();
	}

	#countCall() {
		const { dailyLimit } = this.switches;
		if (this.#calls >= dailyLimit) throw dailyLimitReached(dailyLimit, this.#calls);
		this.#calls += 1;
	}

	/**
	 * @param {Operation} operation
	 * @param {RequestEntry} request
	 */
	#checkBody({ operationId, startsRun }, { body, headers }) {
		const isJson = String(headers['content-type']).startsWith('application/json');
		const reason = isJson
			? refusalText(requestErrors(operationId, body), this.switches)
			: 'Content-Type must be application/json';
		if (reason) throw startsRun ? invalid(this.switches, reason) : invalidLookUp(reason);
	}

	#checkProvider() {
		if (this.switches.providerRateLimit === 0) return;
		this.switches.providerRateLimit -= 1;
		throw tooManyRequests();
	}

	#checkLookUp() {
		if (this.switches.failingLookUps === 0) return;
		this.switches.failingLookUps -= 1;
		throw lookUpFailed();
	}

	/** A new day. */
	clear() {
		this.#calls = 0;
	}
}

module.exports = { Gate };
