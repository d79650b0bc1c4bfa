const { fastify } = require('fastify');

const { checkAnswer, operations } = require('./contract');
const { ApiError, ContractViolation, errorBody, notFound } = require('./errors');
const { answerFaultily, faultOf } = require('./faultyAnswer');
const { addFileRoute } = require('./files');
const handlers = require('./handlers');
const { waited } = require('./pending');

/**
 * @typedef {import('fastify').FastifyInstance} FastifyInstance
 * @typedef {import('fastify').FastifyReply} FastifyReply
 * @typedef {import('fastify').FastifyRequest} FastifyRequest
 * @typedef {import('./contract').Operation} Operation
 * @typedef {import('./handlers/order').Answer} Answer
 * @typedef {import('./handlers/order').Service} Service
 * @typedef {import('./requestLog').RequestLog} RequestLog
 *
 * @typedef {object} Parts
 * @property {Service} service
 * @property {RequestLog} log
 * @property {import('./gate').Gate} gate
 * @property {Error[]} faults of the emulator itself
 */

const BASE_PATH = '/v1';
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/**
 * @param {FastifyInstance} app
 * @param {Parts} parts
 */
function addLogging(app, { log, service }) {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => {
		done(null, bytes);
	});
	app.addHook('onRequest', async (request, { raw }) => {
		log.arrived(request);
		raw.once('close', () => {
			log.of(request).isCutOff = !raw.writableFinished;
		});
	});
	app.addHook('preValidation', async (request) => log.read(request));
	app.addHook('onSend', async (request, reply) => {
		const entry = log.of(request);
		if (entry.path.startsWith(BASE_PATH)) {
			await waited(service.switches.answerDelayMs, service.pending.signal);
		}
		entry.status = reply.statusCode;
	});
}

/**
 * @param {unknown} error
 * @param {string | undefined} operationId
 * @param {Parts} parts
 * @returns {Answer}
 */
function errorAnswer(error, operationId, { faults, service: { switches } }) {
	if (!(error instanceof ApiError)) {
		const fault = /** @type {Error} */ (error);
		faults.push(fault);
		return { status: 500, body: { error: `Fault of the emulator: ${fault.message}` } };
	}
	const body = errorBody(error, switches);
	if (typeof body === 'string') return { status: error.status, body, contentType: 'text/plain' };
	if (operationId) checkAnswer(operationId, error.status, body);
	return { status: error.status, body };
}

/**
 * @param {import('./switches').Switches} switches
 * @returns {string | null} the header
 */
function retryAfterOf({ retryAfter, retryAfterDateMs }) {
	if (retryAfterDateMs === null) return retryAfter;
	const seconds = Math.ceil((Date.now() + retryAfterDateMs) / 1000);
	return new Date(seconds * 1000).toUTCString();
}

/**
 * @param {FastifyReply} reply
 * @param {Answer} answer
 * @param {Service} service
 */
function send(reply, { body, contentType = 'application/json', status }, { switches }) {
	const retryAfter = status === 429 ? retryAfterOf(switches) : null;
	if (retryAfter !== null) reply.header('Retry-After', retryAfter);
	return reply.code(status).type(contentType).send(body);
}

/**
 * @param {Operation} operation
 * @param {FastifyRequest} request
 * @param {FastifyReply} reply
 * @param {Parts} parts
 */
async function answerOf(operation, request, reply, { gate, log, service }) {
	const params = /** @type {Record<string, string>} */ (request.params);
	const entry = log.of(request);
	gate.check(operation, entry, params);
	const { operationId } = operation;
	const answer = await handlers[operationId](service, { body: entry.body, params, reply });
	if (answer && !answer.contentType) checkAnswer(operationId, answer.status, answer.body);
	return answer;
}

/**
 * @param {FastifyInstance} app
 * @param {Operation} operation
 * @param {Parts} parts
 */
function addOperation(app, operation, parts) {
	const { method, operationId, path, startsRun } = operation;
	const { log, service } = parts;
	if (!handlers[operationId]) throw new ContractViolation(`Nothing answers ${operationId}`);
	app.route({
		method: method.toUpperCase(),
		url: BASE_PATH + path.replaceAll(/\{(\w+)\}/g, ':$1'),
		onRequest: async (request, reply) => {
			const fault = faultOf(operation, log.of(request), service.switches);
			if (fault?.stage === 'arrival')
				await answerFaultily(fault, reply, service, log.of(request), '');
		},
		handler: async (request, reply) => {
			const { redirectTo } = service.switches;
			if (startsRun && redirectTo !== null) return reply.redirect(redirectTo + request.url, 307);
			const entry = log.of(request);
			const fault = faultOf(operation, entry, service.switches);
			if (fault?.stage === 'before_run') {
				return await answerFaultily(fault, reply, service, entry, '');
			}
			const answer = await answerOf(operation, request, reply, parts).catch((error) =>
				errorAnswer(error, operationId, parts),
			);
			if (answer && answer.status < 300 && fault?.stage === 'after_run') {
				return await answerFaultily(fault, reply, service, entry, JSON.stringify(answer.body));
			}
			return answer && send(reply, answer, service);
		},
	});
}

/**
 * The HTTP server of the emulator, not yet listening: one route for every operation of
 * openapi.json.
 *
 * @param {Parts} parts
 * @returns {FastifyInstance}
 * @throws {ContractViolation} when an operation has no handler
 */
function createServer(parts) {
	// Connections that are kept alive, or never answered, must not outlive the emulator.
	const app = fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true });
	addLogging(app, parts);
	app.setErrorHandler((error, _request, reply) =>
		send(reply, errorAnswer(error, undefined, parts), parts.service),
	);
	app.setNotFoundHandler((_request, reply) =>
		send(reply, errorAnswer(notFound('Not found'), undefined, parts), parts.service),
	);
	for (const operation of operations.values()) addOperation(app, operation, parts);
	addFileRoute(app, parts.service);
	return app;
}

module.exports = { BASE_PATH, createServer };
