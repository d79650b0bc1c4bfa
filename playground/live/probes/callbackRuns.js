const { endFound, errorField, resultField } = require('../callbackBody');
const { HEADER, signatureFound } = require('../signature');
const { INVOKE, isSuccess, lookedUp, orderOf } = require('./probe');
const { startRun } = require('./startRun');

/**
 * @typedef {import('../callbacks').Arrival} Arrival
 * @typedef {import('./probe').Found} Found
 * @typedef {import('./probe').Probe} Probe
 * @typedef {import('./probe').Target} Target
 */

const KIND = 'workflow';
/** Headers that say how the bytes travel, or that a tunnel or proxy adds. */
const NOT_OF_THE_SERVICE =
	/^(?:host|connection|content-(?:length|type|encoding)|transfer-encoding|forwarded|via|x-forwarded-.*|x-real-ip|cf-.*|cdn-.*|ngrok-.*)$/;

/** @param {Buffer} body */
function parsed(body) {
	try {
		return JSON.parse(body.toString('utf8'));
	} catch {
		return undefined;
	}
}

/** @param {any} body of an accepted run @returns {Found} */
function acceptedFound(body) {
	const secret = body?.webhook_secret;
	const status = body?.run_status ?? body?.status;
	return {
		acceptedRunStatus: status === 'running' || status === 'queued' ? status : undefined,
		acceptedWithSecret:
			secret === undefined ? false : String(secret).trim() === '' ? 'blank' : true,
		acceptedWithResult: body?.output !== undefined,
		acceptedSecretTwice: body?.async?.signing_secret !== undefined,
	};
}

/** @param {any} body of an accepted run @returns {Found['workflowIds']} */
function workflowIds(body) {
	if (body?.run_id === undefined) return body?.request_id === undefined ? undefined : 'request_id';
	return body.request_id === undefined ? 'run_id' : 'both';
}

/**
 * @param {import('../client').Client} client
 * @param {unknown} requestId of a run that has just been accepted
 * @returns {Promise<Found['requestGoingOn']>} undefined when it has ended already
 */
async function goingOn(client, requestId) {
	if (requestId === undefined) return undefined;
	const request = lookedUp((await client.get(`/public/requests/${requestId}`)).body);
	if (request?.status === 'pending') return 'pending';
	return request?.ended_at === null ? 'running' : undefined;
}

/** @param {import('node:http').IncomingHttpHeaders} headers @returns {Record<string, string>} */
function extraHeaders(headers) {
	const own = Object.entries(headers).filter(
		([name]) => name !== HEADER && !NOT_OF_THE_SERVICE.test(name),
	);
	return Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
}

/**
 * @param {Arrival} first
 * @param {string | undefined} secret
 * @returns {Found}
 */
function deliveryFound({ body, headers }, secret) {
	return {
		...signatureFound(headers, body, secret),
		...endFound(parsed(body), KIND),
		callbackResultField: resultField(parsed(body)),
		callbackContentType: headers['content-type'],
		callbackGzip: headers['content-encoding'] === 'gzip',
		callbackExtraHeaders: extraHeaders(headers),
	};
}

/** @type {Probe} */
const completedRun = {
	name: 'a run that calls back',
	finds: [
		'acceptedHttpStatus',
		'acceptedRunStatus',
		'acceptedWithResult',
		'acceptedWithSecret',
		'acceptedSecretTwice',
		'workflowIds',
		'requestGoingOn',
		'signatureKey',
		'signatureEncoding',
		'signaturePrefix',
		'signatureTimestamp',
		'callbackEventName',
		'callbackEndWord',
		'callbackWordIn',
		'callbackResultField',
		'callbackContentType',
		'callbackGzip',
		'callbackExtraHeaders',
		'callbackDuplicates',
		'callbackBeforeAnswer',
	],
	needs: ['workflow', 'callbacks'],
	run: async (live) => {
		/** @type {Found['requestGoingOn']} */
		let requestGoingOn;
		const { workflow } = live.targets;
		const { answer, arrivals } = await startRun(live, workflow, 'taken', async (accepted) => {
			requestGoingOn = await goingOn(live.client, accepted.body?.request_id);
		});
		const { status, body, answeredAt } = answer;
		if (!isSuccess(answer)) return {};
		const accepted = {
			acceptedHttpStatus: status === 202 || status === 200 ? status : undefined,
			...acceptedFound(body),
			workflowIds: workflowIds(body),
			requestGoingOn,
		};
		const [first] = arrivals;
		if (!first) return /** @type {Found} */ (accepted);
		const secret = String(body?.webhook_secret ?? '').trim() || live.signingSecret;
		return /** @type {Found} */ ({
			...accepted,
			...deliveryFound(first, secret),
			callbackDuplicates: arrivals.length - 1,
			callbackBeforeAnswer: first.at < answeredAt,
		});
	},
};

/** @type {Probe} */
const failedRun = {
	name: 'a run that fails and calls back',
	finds: ['callbackErrorField'],
	needs: ['failing', 'callbacks'],
	run: async (live) => {
		const failing = /** @type {Target} */ (live.targets.failing);
		const [first] = (await startRun(live, failing, 'failed')).arrivals;
		return { callbackErrorField: first && errorField(parsed(first.body)) };
	},
};

/** A run is started only where such an address is taken. @type {Probe} */
const plainAddress = {
	name: 'a callback address without TLS on the own machine',
	finds: ['allowLoopbackHttpCallback'],
	needs: ['workflow'],
	run: async ({ client, targets }) => {
		const async = { enabled: true, callback_url: 'http://127.0.0.1:9/never-there' };
		const answer = await client.post(INVOKE, { ...orderOf(targets.workflow), async });
		if (isSuccess(answer)) return { allowLoopbackHttpCallback: true };
		const isValidation = answer.status === 400 || answer.status === 422;
		return { allowLoopbackHttpCallback: isValidation ? false : undefined };
	},
};

module.exports = { probes: [completedRun, failedRun, plainAddress] };
