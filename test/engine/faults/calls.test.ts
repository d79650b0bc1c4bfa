import { NOT_SENT_AGAIN } from '../../../nodes/shared/api/errorTexts';
import { faults } from '../../../playground/emulator/faults';
import type { Observation, Setting } from './observation';
import { observe, SETTINGS } from './observation';
import { INVOCATIONS, LOOK_UP } from './operations';
import { expectSection, tableOf } from './page';
import type { Opening } from './surroundings';
import { BY_BASE_URL, openingWith, openingWithLookUps } from './surroundings';

/** What may have become of the run when a call meets a fault, as far as the node can know. */
type Fate = 'the result arrives' | 'may be going on' | 'not started';

/** The truth about each fault, on which the texts are measured. */
const FATES: Record<string, Fate> = {
	connection_refused: 'not started',
	unknown_host: 'not started',
	untrusted_certificate: 'not started',
	no_tls: 'may be going on',
	reset_on_arrival: 'may be going on',
	reset_before_answer: 'may be going on',
	reset_in_answer: 'may be going on',
	closed_in_answer: 'may be going on',
	stalled_headers: 'may be going on',
	dripping_headers: 'may be going on',
	stalled_body: 'may be going on',
	dripping_body: 'may be going on',
	not_http: 'may be going on',
	truncated_json: 'may be going on',
	html_page: 'may be going on',
	html_error_page: 'may be going on',
	empty_ok: 'may be going on',
	no_content: 'may be going on',
	wrong_content_type: 'the result arrives',
	byte_order_mark: 'the result arrives',
	latin_1: 'the result arrives',
	large_answer: 'the result arrives',
	gzip_bomb: 'may be going on',
	redirect_elsewhere: 'not started',
	redirect_loop: 'not started',
	too_many_at_once: 'not started',
	provider_limit: 'not started',
	daily_limit: 'not started',
	limit_naming_run: 'may be going on',
	provider_limit_in_run: 'may be going on',
	server_error: 'may be going on',
	bad_gateway: 'may be going on',
	unavailable: 'may be going on',
	gateway_timeout: 'may be going on',
};

/**
 * Their answers take so much time and memory that they are made one after the other: every operation with one setting,
 * and every setting with one operation.
 */
const HEAVY = ['large_answer', 'gzip_bomb'];

/** Only their time-out ends these: the shortest that there is. */
const ENDLESS = ['stalled_headers', 'dripping_headers', 'stalled_body', 'dripping_body'];

/** Nothing may hang: a call that outlives its time-out fails by this. */
const PATIENCE_MILLISECONDS = 120_000;

const timeoutOf = (name: string) => (ENDLESS.includes(name) ? 1 : 30);

const CASES = [
	...Object.entries(BY_BASE_URL).map(([name, { description, open }]) => ({
		name,
		what: description,
		open,
	})),
	...Object.entries(faults).map(([name, { description }]) => ({
		name,
		what: `Fetch Hive ${description}`,
		open: openingWith(name),
	})),
];

interface Seen extends Observation {
	setting: Setting;
	operation: string;
}

async function everyOperation(name: string, open: Opening): Promise<Seen[]> {
	const settings = Object.keys(SETTINGS) as Setting[];
	const options = { timeout: timeoutOf(name), maxRetryWait: 0 };
	const calls = INVOCATIONS.flatMap((operation, index) =>
		settings
			.filter((setting) => !HEAVY.includes(name) || index === 0 || setting === 'stop')
			.map((setting) => async () => ({
				...(await observe(open, operation, setting, options)),
				setting,
				operation: operation.name,
			})),
	);
	if (!HEAVY.includes(name)) return await Promise.all(calls.map(async (call) => await call()));
	const seen = [];
	for (const call of calls) seen.push(await call());
	return seen;
}

/** What a failed item is handed on as, in each setting. */
const FAILED_ITEM: Record<Setting, Observation['handedOn']> = {
	stop: 'nothing',
	retryOnFail: 'nothing',
	continueRegularOutput: 'the failed item',
	continueErrorOutput: 'the failed item, on the error output',
};

const HEADING = [
	'What goes wrong',
	'What the user reads',
	'What it says to do',
	'The run',
	'Requests',
	'Requests with Retry on Fail (3 tries)',
	'The node itself tries again',
	'Get Status reads',
];

function rowOf(
	what: string,
	fate: Fate,
	{ all, lookedUp, patient }: { all: Seen[]; lookedUp: Observation; patient: Observation },
): string[] {
	const { said, requests } = all.find(({ setting }) => setting === 'stop')!;
	const retried = all.find(({ setting }) => setting === 'retryOnFail')!;
	return [
		what,
		said?.message ?? 'no error',
		said?.description.replace(NOT_SENT_AGAIN, '(1)') ?? '',
		fate,
		String(requests),
		String(retried.requests),
		patient.wasSentAgain ? 'yes' : 'no',
		lookedUp.said?.message ?? 'no error',
	];
}

/** By fault: what the page says. */
const rows = new Map<string, string[]>();

it('every fault of the emulator is among those that are tried', () => {
	expect(CASES.map(({ name }) => name).sort()).toEqual(Object.keys(FATES).sort());
});

describe.each(CASES)('when $what', ({ name, open, what }) => {
	const fate = FATES[name];
	let all: Seen[];
	beforeAll(async () => {
		all = await everyOperation(name, open);
		const timeout = timeoutOf(name);
		const lookedUp = await observe(open, LOOK_UP, 'stop', { timeout, maxRetryWait: 0 });
		const patient = await observe(open, INVOCATIONS[0], 'stop', { timeout, maxRetryWait: 1 });
		rows.set(name, rowOf(what, fate, { all, patient, lookedUp }));
	}, PATIENCE_MILLISECONDS);

	it('never starts a second run', () => {
		expect(all.filter(({ runs }) => runs > (fate === 'not started' ? 0 : 1))).toEqual([]);
	});

	it('never sends again what may have started a run, not even with Retry on Fail', () => {
		if (fate === 'not started') return;
		expect(all.filter(({ requests }) => requests > 1)).toEqual([]);
	});

	it('says the same in every operation and setting, and what became of the run', () => {
		const [{ said }] = all;
		expect(all.filter((seen) => JSON.stringify(seen.said) !== JSON.stringify(said))).toEqual([]);
		if (fate === 'the result arrives') expect(said).toBeUndefined();
		else if (fate === 'not started') expect(said?.description).toMatch(/^Nothing was started\./);
		else expect(said?.description).toContain(NOT_SENT_AGAIN);
	});

	it('hands the item on as On Error says', () => {
		const sleeps = ({ operation }: Seen) => operation.endsWith('invokeAndWait');
		for (const seen of all) {
			const result = sleeps(seen) ? 'nothing' : 'the result';
			const expected = fate === 'the result arrives' ? result : FAILED_ITEM[seen.setting];
			expect(seen).toMatchObject({ handedOn: expected });
		}
	});
});

it(
	'an execution sleeps whatever goes wrong with the look-up before: its run is started',
	async () => {
		const wait = INVOCATIONS.find(({ name }) => name === 'workflow: invokeAndWait')!;
		const options = { timeout: 30, maxRetryWait: 0 };
		const light = Object.keys(faults).filter((name) => !HEAVY.includes(name));
		const seen = await Promise.all(
			light.map(async (name) => ({
				name,
				...(await observe(openingWithLookUps(name), wait, 'stop', options)),
			})),
		);
		const asleep = { said: undefined, handedOn: 'nothing', requests: 1, runs: 1 };
		expect(seen).toEqual(light.map((name) => ({ name, wasSentAgain: false, ...asleep })));
	},
	PATIENCE_MILLISECONDS,
);

it('docs/reliability.md says what was found; npm run docs:reliability writes it anew', () => {
	const lines = CASES.map(({ name }) => rows.get(name) ?? []);
	expectSection('faults of calls', `${tableOf(HEADING, lines)}\n\n(1) ${NOT_SENT_AGAIN}`);
});
