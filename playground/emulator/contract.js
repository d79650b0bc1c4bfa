const { default: Ajv2020 } = require('ajv/dist/2020');
const { default: addFormats } = require('ajv-formats');

const openapi = require('./openapi.json');
const { ContractViolation } = require('./errors');

/**
 * @typedef {import('ajv').ErrorObject} ErrorObject
 * @typedef {import('ajv').ValidateFunction} ValidateFunction
 */

/**
 * @typedef {object} Operation
 * @property {string} operationId
 * @property {string} summary
 * @property {string} path with `{name}` parameters, below `/v1`
 * @property {'get' | 'post'} method
 * @property {'apiKey' | 'webhookSecret' | 'none'} access
 * @property {boolean} startsRun
 * @property {boolean} hasBody
 */

/**
 * @typedef {object} OperationObject
 * @property {string} operationId
 * @property {string} summary
 * @property {string[]} tags
 * @property {Record<string, string[]>[]} [security]
 * @property {unknown} [requestBody]
 * @property {Record<string, { $ref?: string }>} responses
 */

const DOCUMENT = 'openapi.json';
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
addFormats(ajv);
// The document is a schema only in parts; these keys of it are no JSON Schema keywords.
ajv.addVocabulary(Object.keys(openapi));
ajv.addSchema(openapi, DOCUMENT);

/** @param {string[]} segments of a JSON pointer into the document */
function validatorAt(...segments) {
	const pointer = segments.map((segment) =>
		encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1')),
	);
	const reference = `${DOCUMENT}#/${pointer.join('/')}`;
	return ajv.getSchema(reference) ?? ajv.compile({ $ref: reference });
}

const JSON_SCHEMA = ['content', 'application/json', 'schema'];

/** @type {Map<string, Operation>} */
const operations = new Map();
/** @type {Map<string, ValidateFunction>} */
const requestValidators = new Map();
/** @type {Map<string, ValidateFunction>} by operation id and status */
const answerValidators = new Map();

/** @param {OperationObject} operation */
function accessOf({ security }) {
	if (!security) return 'apiKey';
	return security.length === 0 ? 'none' : 'webhookSecret';
}

/**
 * @param {string} path
 * @param {'get' | 'post'} method
 * @param {OperationObject} operation
 */
function addOperation(path, method, operation) {
	const { operationId, responses, summary, tags } = operation;
	const hasBody = operation.requestBody !== undefined;
	const access = accessOf(operation);
	const startsRun = tags.includes('Runs');
	operations.set(operationId, { operationId, summary, path, method, access, startsRun, hasBody });
	const at = ['paths', path, method];
	if (hasBody) {
		requestValidators.set(operationId, validatorAt(...at, 'requestBody', ...JSON_SCHEMA));
	}
	for (const [status, response] of Object.entries(responses)) {
		const pointer = response.$ref?.split('/').slice(1) ?? [...at, 'responses', status];
		answerValidators.set(`${operationId} ${status}`, validatorAt(...pointer, ...JSON_SCHEMA));
	}
}

for (const [path, item] of Object.entries(openapi.paths)) {
	for (const [method, operation] of Object.entries(item)) {
		if (method === 'get' || method === 'post') addOperation(path, method, operation);
	}
}

const callbackValidator = validatorAt(
	...['webhooks', 'runFinished', 'post', 'requestBody'],
	...JSON_SCHEMA,
);

const streamEventValidator = validatorAt('components', 'schemas', 'StreamEvent');

/**
 * @param {string} subject
 * @param {ValidateFunction} validator
 * @param {unknown} value
 */
function demand(subject, validator, value) {
	if (validator(value)) return;
	const reasons = ajv.errorsText(validator.errors, { dataVar: 'body' });
	throw new ContractViolation(`${subject} breaks ${DOCUMENT}: ${reasons}`);
}

/**
 * @param {string} operationId
 * @param {unknown} body
 * @returns {ErrorObject[]} why the request's body is refused; empty when it is right
 */
function requestErrors(operationId, body) {
	const validator = requestValidators.get(operationId);
	if (!validator || validator(body)) return [];
	return [...(validator.errors ?? [])];
}

/**
 * @param {string} operationId
 * @param {number} status
 * @param {unknown} body
 * @throws {ContractViolation} when the document does not allow this answer
 */
function checkAnswer(operationId, status, body) {
	const exact = answerValidators.get(`${operationId} ${status}`);
	const validator = exact ?? (status >= 400 && answerValidators.get(`${operationId} default`));
	const subject = `The answer ${status} of ${operationId}`;
	if (!validator) throw new ContractViolation(`${subject} is not in ${DOCUMENT}`);
	demand(subject, validator, body);
}

/**
 * @param {unknown} body
 * @throws {ContractViolation} when the document does not allow this callback
 */
function checkCallback(body) {
	demand('The callback', callbackValidator, body);
}

/**
 * @param {unknown} event of a streamed answer
 * @throws {ContractViolation} when the document does not allow it
 */
function checkStreamEvent(event) {
	demand('The event', streamEventValidator, event);
}

module.exports = { checkAnswer, checkCallback, checkStreamEvent, operations, requestErrors };
