import { definitions, type Switches } from '../../../../playground/emulator/switches';
import { startEmulator, type Emulator } from '../../../../playground/emulator';
import { CANNOT_BE_FOUND } from '../../../../playground/live/cannotBeFound';
import { Client } from '../../../../playground/live/client';
import { findOut } from '../../../../playground/live/findOut';
import { probes } from '../../../../playground/live/probes';
import { found, TARGETS } from './liveOnEmulator';

type Name = keyof Switches;

/** Each switch that a probe finds, turned to every other value that it has or to one of its kind. */
const TURNED: Array<[Name, unknown, Partial<Switches>?]> = [
	['signatureKey', 'base64'],
	['signatureKey', 'base64', { signatureEncoding: 'base64', signatureTimestamp: true }],
	['signatureEncoding', 'HEX'],
	['signatureEncoding', 'base64'],
	['signaturePrefix', 'sha256='],
	['signaturePrefix', 'v1=', { signatureEncoding: 'base64' }],
	['signatureTimestamp', true],
	['signatureTimestamp', true, { signaturePrefix: 'sha256=', signatureEncoding: 'HEX' }],
	['statusField', 'status'],
	['statusField', 'both'],
	['failedRunAnswer', 'ok_failed'],
	['failedRunAnswer', 'ok_error_only'],
	['validationStatus', 422],
	['variantRequired', false],
	['otherInputTypes', 'lenient'],
	['streamingDefault', true],
	['streamShape', 'delta'],
	['errorEnvelope', 'older'],
	['errorEnvelope', 'code_alias'],
	['errorEnvelope', 'errors'],
	['errorEnvelope', 'errors_by_field'],
	['errorEnvelope', 'detail'],
	['errorEnvelope', 'error_description'],
	['errorEnvelope', 'text'],
	['acceptedHttpStatus', 200],
	['acceptedRunStatus', 'queued'],
	['acceptedWithSecret', false],
	['acceptedWithSecret', 'blank'],
	['acceptedSecretTwice', true],
	['acceptedWithResult', true, { callbackBeforeAnswer: true }],
	['callbackEventName', 'fetchhive.{kind}.run.{status}'],
	['callbackEventName', 'run-{status}'],
	['callbackResultField', 'data.response'],
	['callbackResultField', 'output'],
	['callbackErrorField', 'data.error.object'],
	['callbackErrorField', 'data.message'],
	['callbackErrorField', 'error'],
	['callbackEndWord', 'succeeded'],
	['callbackEndWord', 'done', { callbackWordIn: 'status' }],
	['callbackWordIn', 'run_status'],
	['callbackWordIn', 'status'],
	['callbackBeforeAnswer', true],
	['callbackRetries', 1],
	['callbackRetries', 3, { callbackDuplicates: 1 }],
	['callbackRetryOn', 'non2xx', { callbackRetries: 1 }],
	['callbackRetryOn', '5xx', { callbackRetries: 2 }],
	['callbackDuplicates', 2],
	['callbackContentType', 'application/vnd.fetchhive+json'],
	['callbackGzip', true],
	['callbackExtraHeaders', { 'x-delivery-attempt': '1', 'user-agent': 'Fetch-Hive' }],
	['allowLoopbackHttpCallback', false],
	['workflowIds', 'both'],
	['workflowIds', 'run_id'],
	['requestForm', 'wrapped'],
	['requestFields', 'pages', { requestForm: 'wrapped' }],
	// Long enough that the run is still going on when it is looked up.
	['requestGoingOn', 'pending', { callbackDelayMs: 1000 }],
	['requestStatusWords', 'prefixed'],
	['requestStatusWords', 'prefixed', { requestForm: 'wrapped' }],
	['requestDataHoldsOutput', true],
	['threadIds', 'invented'],
	['backgroundByDefault', false],
	['agentCallback', 'run'],
	['concurrencyLimit', 0],
	['asyncOverLimit', 'queued', { concurrencyLimit: 0 }],
	['asyncOverLimit', 'refused', { concurrencyLimit: 0 }],
	['refusalsNameRequest', true, { concurrencyLimit: 0 }],
	['retryAfter', '7', { concurrencyLimit: 0 }],
	['retryAfter', 'soon', { concurrencyLimit: 0 }],
	['redirectTo', 'http://127.0.0.1:9000'],
	['fileFault', 'missing'],
	['fileFault', 'expired'],
	['fileFault', 'redirect'],
	['fileFault', 'no_length'],
	['fileFault', 'larger_than_said'],
	['fileFault', 'cut_off'],
];

/** Found, but as a time that the machine adds to: an own test looks at each. */
const TIMES: Name[] = ['callbackRetryDelayMs', 'callbackTimeoutMs', 'retryAfterDateMs'];

/** A slow file host answers as any other does, only later. */
const UNSEEN_VALUES = { fileFault: ['slow'] };

const finders = (name: Name) => probes.filter(({ finds }) => finds.includes(name));

/** The copies of a callback are counted where it is taken. */
function probesFor(name: Name) {
	const counting = name.startsWith('callbackRetr') ? finders('callbackDuplicates') : [];
	return [...counting, ...finders(name)];
}

describe('what npm run live finds out', () => {
	it('is each switch of the emulator by one probe, or a reason why it cannot be', () => {
		const known = [...probes.flatMap(({ finds }) => finds), ...Object.keys(CANNOT_BE_FOUND)];

		expect(known.sort()).toEqual(Object.keys(definitions).sort());
	});

	it('is tried here with every switch that a probe finds', () => {
		const tried = new Set([...TURNED.map(([name]) => name), ...TIMES]);
		const all = probes.flatMap(({ finds }) => finds);

		expect(all.filter((name) => !tried.has(name))).toEqual([]);
	});

	it('is tried with every value of the switches that list theirs', () => {
		for (const [name, { allowed, default: usual }] of Object.entries(definitions)) {
			if (
				finders(name as Name).length === 0 ||
				!/^(?:"[^"]*"|\d+|true|false)(?:, |$)/.test(allowed)
			)
				continue;
			const seen = TURNED.filter(([each]) => each === name).map(([, value]) => value);
			const unseen = (UNSEEN_VALUES as Record<string, unknown[]>)[name] ?? [];
			const values = JSON.parse(`[${allowed}]`) as unknown[];
			expect([...seen, ...unseen, usual]).toEqual(expect.arrayContaining(values));
		}
	});

	it.each(TURNED)('is %s: %j', async (name, value, others = {}) => {
		const { switches } = await found({ ...others, [name]: value }, probesFor(name));

		expect(switches).toMatchObject({ [name]: value });
	});

	it('is all of it in one go, without a wrong word, when nothing is turned', async () => {
		// Long enough that a run is still going on when it is answered and looked up.
		const { switches, runs } = await found({ callbackDelayMs: 500 }, probes);

		const { callbackTimeoutMs, ...rest } = switches;
		const defaults = Object.keys(rest).map((name) => [name, definitions[name as Name].default]);
		expect(rest).toEqual(Object.fromEntries(defaults));
		expect(callbackTimeoutMs).toBeGreaterThan(0);
		const unseen = probes.flatMap(({ finds }) => finds.filter((name) => !(name in switches)));
		expect(unseen.sort()).toEqual([
			'asyncOverLimit',
			'callbackRetryDelayMs',
			'callbackRetryOn',
			'concurrencyLimit',
			'refusalsNameRequest',
			'retryAfter',
			'retryAfterDateMs',
		]);
		const started = (name: string) => runs.filter(({ deployment }) => deployment === name).length;
		expect(started('summarise-topic')).toBe(6);
		expect(started('fails-run')).toBe(2);
		expect(started('slow-research')).toBe(6);
	});

	it('counts how many runs the plan lets in at once', async () => {
		const { switches } = await found(
			{ concurrencyLimit: 2, slowMs: 1000 },
			finders('concurrencyLimit'),
		);

		expect(switches).toMatchObject({
			concurrencyLimit: 2,
			asyncOverLimit: 'queued',
			retryAfter: null,
		});
	});

	it('measures how long the service waits for an answer, and before it tries again', async () => {
		const turned = { callbackRetries: 1, callbackRetryDelayMs: 30 };

		const { switches } = await found(turned, finders('callbackTimeoutMs'), 1000);

		// A timer may end a millisecond early, and the connection takes its time.
		expect(switches.callbackRetryDelayMs).toBeGreaterThanOrEqual(29);
		expect(switches.callbackTimeoutMs).toBeGreaterThanOrEqual(500);
	});

	it('reads a date that says when to come back', async () => {
		const turned = { concurrencyLimit: 0, retryAfterDateMs: 60_000 };

		const { switches } = await found(turned, finders('retryAfterDateMs'));

		expect(switches.retryAfterDateMs).toBeGreaterThan(0);
		expect(switches).not.toHaveProperty('retryAfter');
	});

	it('says nothing about a signature that fits no form', async () => {
		const { switches } = await found({ callbackTamper: 'signature' }, finders('signatureEncoding'));

		expect(switches).not.toHaveProperty('signatureEncoding');
		expect(switches).toHaveProperty('callbackEventName');
	});
});

describe('what stops npm run live', () => {
	let emulator: Emulator;

	beforeEach(async () => {
		emulator = await startEmulator();
	});

	afterEach(async () => await emulator.close());

	const live = (service: { baseUrl: string; apiKey: string }) => ({
		client: new Client(service),
		targets: TARGETS,
	});

	it('a key that is refused, before any run is started', async () => {
		const outcomes = findOut(live({ ...emulator, apiKey: 'fhk_wrong' }), probes);

		await expect(outcomes).rejects.toThrow('The list of models was answered with 401');
		expect(emulator.requests).toHaveLength(1);
		expect(emulator.runs).toHaveLength(0);
	});

	it('a call without an answer stops its probe alone, and is not sent again', async () => {
		const [dropped] = finders('statusField');
		const targets = {
			workflow: { deployment: 'drops-connection', variant: 'production', inputs: {} },
		};

		const outcomes = await findOut({ ...live(emulator), targets }, [
			dropped,
			...finders('validationStatus'),
		]);

		expect(outcomes).toMatchObject([
			{ failure: expect.stringContaining('fetch failed'), found: {} },
			{ found: { validationStatus: 400 } },
		]);
		expect(emulator.runs).toHaveLength(1);
	});

	it('a missing deployment or address leaves its probe out, and says so', async () => {
		const { workflow } = TARGETS;

		const outcomes = await findOut({ ...live(emulator), targets: { workflow } }, probes);

		const missing = outcomes.flatMap((outcome) => outcome.missing);
		expect([...new Set(missing)].sort()).toEqual([
			'agent',
			'callbacks',
			'delegating',
			'failing',
			'image',
			'prompt',
			'slow',
			'typed',
		]);
		await emulator.settled();
		expect(emulator.callbacks.every(({ url }) => url.startsWith('http://127.0.0.1:9/'))).toBe(true);
	});
});
