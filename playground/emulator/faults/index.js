const { bodies } = require('./bodies');
const { connections } = require('./connections');
const { statuses } = require('./statuses');

/**
 * @typedef {'arrival' | 'before_run' | 'after_run'} Stage when a call goes wrong: before its body is read, before
 *   its run is started, or after that, so that the caller does not learn of the run
 *
 * @typedef {object} Exchange a call that goes wrong
 * @property {import('node:http').ServerResponse} response taken over from Fastify
 * @property {string} path with the query
 * @property {string} genuine the JSON that would have been answered; '' before the run is started
 * @property {AbortSignal} cancelled
 *
 * @typedef {object} Fault
 * @property {string} description what the emulator does, in words
 * @property {Stage} stage
 * @property {(exchange: Exchange) => Promise<void> | void} answer answers in the place of the operation
 */

/** @type {Record<string, Fault>} by what the switch `fault` calls them */
const faults = { ...connections, ...bodies, ...statuses };

const PREFIX = 'fault-';

/**
 * @param {string} name of a deployment or an agent, such as `fault-stalled_body`
 * @returns {string | undefined} the fault that its calls meet
 */
function faultNamed(name) {
	const fault = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : '';
	return Object.hasOwn(faults, fault) ? fault : undefined;
}

/** @param {string} fault */
const deploymentOf = (fault) => PREFIX + fault;

module.exports = { deploymentOf, faultNamed, faults };
