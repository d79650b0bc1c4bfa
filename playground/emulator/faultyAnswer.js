const { faultNamed, faults } = require('./faults');

/**
 * @typedef {import('fastify').FastifyReply} FastifyReply
 * @typedef {import('./contract').Operation} Operation
 * @typedef {import('./faults').Fault} Fault
 * @typedef {import('./handlers/order').Service} Service
 * @typedef {import('./requestLog').RequestEntry} RequestEntry
 */

/** Where a call names what it invokes. */
const NAMES = ['deployment', 'agent', 'hive_agent'];

/** @param {unknown} body */
function nameIn(body) {
	const fields = /** @type {Record<string, unknown>} */ (body ?? {});
	return String(NAMES.map((key) => fields[key]).find((name) => name !== undefined) ?? '');
}

/**
 * The fault that a call meets: the one of the deployment it names, or the one of the switch.
 *
 * @param {Operation} operation
 * @param {RequestEntry} entry
 * @param {import('./switches').Switches} switches
 * @returns {Fault | undefined}
 */
function faultOf({ startsRun }, { body }, { fault, faultOn }) {
	const isMeant = faultOn === 'every_call' || (faultOn === 'invokes') === startsRun;
	const name = (startsRun ? faultNamed(nameIn(body)) : undefined) ?? (isMeant ? fault : null);
	return name === null ? undefined : faults[name];
}

/**
 * Answers a call as its fault does.
 *
 * @param {Fault} fault
 * @param {FastifyReply} reply taken over
 * @param {Service} service
 * @param {RequestEntry} entry
 * @param {string} genuine the JSON that would have been answered; '' before the run is started
 */
async function answerFaultily({ answer }, reply, { pending }, entry, genuine) {
	reply.hijack();
	const { raw: response, request } = reply;
	const exchange = { response, path: request.url, genuine, cancelled: pending.signal };
	await pending.track(Promise.resolve(answer(exchange)));
	if (response.headersSent) entry.status = response.statusCode;
}

module.exports = { answerFaultily, faultOf };
