const { bytesOf, deliverer } = require('./byHand');
const { CallbackSender } = require('./callbacks');
const { addControlRoutes } = require('./control');
const { Deliveries } = require('./deliveries');
const { deployments, secretOf } = require('./deployments');
const { FileHost } = require('./files');
const { Gate } = require('./gate');
const { Held } = require('./held');
const { Pending } = require('./pending');
const { RequestLog } = require('./requestLog');
const { Runs } = require('./runs');
const { BASE_PATH, createServer } = require('./server');
const { signatureHeaders } = require('./signature');
const { defaultSwitches, setSwitches, switchesWith } = require('./switches');

/**
 * @typedef {import('./byHand').DeliveryOverrides} DeliveryOverrides
 * @typedef {import('./callbacks').CallbackAttempt} CallbackAttempt
 * @typedef {import('./post').Posted} Posted
 * @typedef {import('./requestLog').RequestEntry} RequestEntry
 * @typedef {import('./runs').Run} Run
 * @typedef {import('./switches').Switches} Switches
 *
 * @typedef {object} EmulatorOptions
 * @property {number} [port] default 0: any free one
 * @property {string} [apiKey] the only key that is let in
 * @property {Partial<Switches>} [switches] also what `reset` goes back to
 *
 * @typedef {object} ListedDeployment
 * @property {import('./deployments').Kind} kind
 * @property {string} name deployment name; ID of an agent
 * @property {string} [variant]
 * @property {string} description
 * @property {import('./inputs').StartInput[]} inputs
 * @property {string} secret the signing secret
 *
 * @typedef {object} Emulator
 * @property {string} url
 * @property {string} baseUrl of the API
 * @property {string} apiKey
 * @property {ListedDeployment[]} deployments
 * @property {Switches} switches live
 * @property {RequestEntry[]} requests all that arrived, but for the control routes
 * @property {CallbackAttempt[]} callbacks one entry per attempt
 * @property {Run[]} runs all that were started
 * @property {() => number} mostAtOnce the most direct calls that were in flight at once since the last reset
 * @property {(changes: Partial<Switches>) => void} set throws on an unknown name or value
 * @property {() => void} reset switches as at the start, logs and runs cleared, callbacks cancelled
 * @property {(requestId: string) => Promise<CallbackAttempt[]>} approve lets a Human in the Loop run
 *   complete; resolves when its delivery ended, rejects when no such run waits
 * @property {(requestId: string, overrides?: DeliveryOverrides) => Promise<Posted>} deliver sends a
 *   run's callback by hand; rejects when the run has not ended or no answer came
 * @property {(name: string, rawBody: string | Buffer, changes?: Partial<Switches>) =>
 *   Record<string, string>} sign headers of a hand-made callback
 * @property {(name: string) => string} secretOf throws when nothing has that name
 * @property {(requestId: string) => Promise<CallbackAttempt[]>} waitForCallback resolves when the
 *   delivery ended with all its attempts, rejects when none is due
 * @property {() => Promise<RequestEntry>} nextRequest resolves when the next request was read and its
 *   operation has begun, answered or not
 * @property {() => number} heldStreams how many streamed answers wait to be released
 * @property {() => void} releaseStreams lets them go on
 * @property {() => Promise<void>} settled resolves when no run and no callback is under way; a run
 *   that waits for a person does not count
 * @property {() => Promise<void>} close rejects with the first fault of the emulator itself
 */

const HOST = '127.0.0.1';
const DEFAULT_API_KEY = 'fhk_playground_not_a_real_key';

/** @type {ListedDeployment[]} */
const listed = deployments.map(({ kind, name, variant, description, inputs, secret }) => ({
	kind,
	name,
	variant,
	description,
	inputs,
	secret,
}));

/**
 * @param {Switches} initial
 * @param {string} apiKey
 */
function createParts(initial, apiKey) {
	const switches = switchesWith(initial);
	/** @type {Error[]} */
	const faults = [];
	const origin = { url: '' };
	const pending = new Pending();
	const files = new FileHost(() => origin.url);
	const runs = new Runs(switches, files);
	const sender = new CallbackSender(switches);
	const deliveries = new Deliveries(switches, runs, sender, pending, faults);
	const gate = new Gate(apiKey, switches);
	const log = new RequestLog();
	/** @type {import('./handlers/order').Service} */
	const service = {
		switches,
		runs,
		deliveries,
		pending,
		files,
		held: new Held(),
		threads: new Map(),
	};
	const reset = () => {
		pending.cancel();
		for (const part of [deliveries, runs, files, gate, service.threads]) part.clear();
		log.entries.length = 0;
		sender.attempts.length = 0;
		setSwitches(switches, initial);
	};
	return { deliveries, faults, gate, log, origin, reset, sender, service };
}

/**
 * Starts an emulator of Fetch Hive in this process, on 127.0.0.1.
 *
 * @param {EmulatorOptions} [options]
 * @returns {Promise<Emulator>}
 * @throws {Error} when the port is taken, or a switch is unknown
 */
async function startEmulator({ port = 0, apiKey = DEFAULT_API_KEY, switches: changes } = {}) {
	const parts = createParts(switchesWith(defaultSwitches(), changes), apiKey);
	const { deliveries, faults, log, origin, reset, sender, service } = parts;
	const { held, pending, runs, switches } = service;
	const app = createServer(parts);
	/** @type {Emulator} */
	const emulator = {
		url: '',
		baseUrl: '',
		apiKey,
		deployments: listed,
		switches,
		requests: log.entries,
		callbacks: sender.attempts,
		runs: runs.all,
		mostAtOnce: () => runs.mostUnderWay,
		set: (wanted) => setSwitches(switches, wanted),
		reset,
		approve: (requestId) => deliveries.approve(requestId),
		deliver: deliverer(switches, sender, runs, pending),
		sign: (name, rawBody, wanted) => ({
			'Content-Type': switches.callbackContentType,
			...signatureHeaders(bytesOf(rawBody), secretOf(name), switchesWith(switches, wanted)),
		}),
		secretOf,
		waitForCallback: (requestId) => deliveries.wait(requestId),
		nextRequest: () => log.next(),
		heldStreams: () => held.count,
		releaseStreams: () => held.release(),
		settled: () => pending.settled(),
		close: async () => {
			pending.cancel();
			deliveries.clear();
			await app.close();
			await pending.settled();
			if (faults.length > 0) throw faults[0];
		},
	};
	addControlRoutes(app, emulator);
	origin.url = await app.listen({ host: HOST, port });
	return Object.assign(emulator, { url: origin.url, baseUrl: origin.url + BASE_PATH });
}

module.exports = { startEmulator };
