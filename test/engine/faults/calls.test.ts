import { NOT_SENT_AGAIN } from '../../../nodes/shared/api/errorTexts';
import type { CallCase } from './callCases';
import { CALL_CASES, KNOWN_RUNS, triesOf } from './callCases';
import type { Observation, Result, Setting } from './observation';
import { observe } from './observation';
import { STREAMING, operationNamed } from './operations';
import { expectSection, tableOf } from './page.js';
import type { Seeing, Seen } from './seeing';
import { EXAMPLE, seeingOf } from './seeing';
import { openingWithLookUps } from './environment';

/** How much longer than its time-out a call may take on a machine that is busy with others: less than nine time-outs. */
const MARGIN_MILLISECONDS = 8_000;

/** For all calls of a fault. */
const PATIENCE_MILLISECONDS = 120_000;

/** The time for the look-up before an execution sleeps. */
const LOOK_UP_BEFORE_MILLISECONDS = 5_000;

/** What the item of a call says whose answer is only strange. */
function resultOf(operation: string, { note }: CallCase): Result {
	const answersAtOnce = /: invoke\b/.test(operation);
	return {
		isOfItsRun: true,
		output: answersAtOnce ? 'Done.' : undefined,
		// Of the answer it hands on the list alone.
		note: operation === 'delegation: getAll' ? undefined : note,
	};
}

const isStreaming = (operation: string) => STREAMING.some(({ name }) => name === operation);

const saysTheSame = (one: Observation['said'], other: Observation['said']) =>
	JSON.stringify(one) === JSON.stringify(other);

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

function rowOf({ knownRun, what }: CallCase, { starting, lookingUp, patient }: Seeing): string[] {
	const ofExample = starting.filter(({ operation }) => operation === EXAMPLE.name);
	const { said, requests } = ofExample.find(({ setting }) => setting === 'stop')!;
	const retried = ofExample.find(({ setting }) => setting === 'retryOnFail')!;
	const lookedUp = lookingUp.find(({ operation }) => operation === 'request: get')!;
	return [
		what,
		said?.message ?? 'no error',
		said?.description.replace(NOT_SENT_AGAIN, '(1)') ?? '',
		knownRun,
		String(requests),
		String(retried.requests),
		patient.wasSentAgain ? 'yes' : 'no',
		lookedUp.said?.message ?? 'no error',
	];
}

/** By fault: what the page says. */
const rows = new Map<string, string[]>();

it('every fault of the emulator is among those that are tried', () => {
	expect(CALL_CASES.map(({ name }) => name).sort()).toEqual(Object.keys(KNOWN_RUNS).sort());
});

describe.each(CALL_CASES)('when $what', (met) => {
	const { knownRun, requests, runs, timeoutSeconds } = met;
	let starting: Seen[];
	let lookingUp: Seen[];
	let patient: Seen;
	beforeAll(async () => {
		const seeing = await seeingOf(met);
		({ starting, lookingUp, patient } = seeing);
		rows.set(met.name, rowOf(met, seeing));
	}, PATIENCE_MILLISECONDS);

	it('never starts a second run, and none by a look-up', () => {
		expect(starting.filter((seen) => seen.runs !== runs)).toEqual([]);
		expect(lookingUp.filter((seen) => seen.runs !== 0)).toEqual([]);
	});

	it('sends a request once, and again only with Retry on Fail where nothing was started', () => {
		const wanted = ({ setting }: Seen) => requests * triesOf(met, setting);
		const all = [...starting, ...lookingUp];
		expect(all.filter((seen) => seen.requests !== wanted(seen))).toEqual([]);
	});

	it('is tried again by the node itself only where nothing was started, and says so', () => {
		expect(patient.wasSentAgain && knownRun !== 'not started').toBe(false);
		if (!patient.wasSentAgain) expect(patient.requests).toBe(requests);
		else if (requests > 0) expect(patient.requests).toBeGreaterThan(1);
	});

	it('says the same in every operation and setting, and what became of the run', () => {
		const inOnePiece = starting.filter(({ operation }) => !isStreaming(operation));
		// Of a streamed answer it says whether it had begun.
		const streamed = starting.filter(({ operation }) => isStreaming(operation));
		for (const [{ said }, ...others] of [inOnePiece, streamed]) {
			expect(others.filter((other) => !saysTheSame(other.said, said))).toEqual([]);
			if (knownRun === 'the result arrives') expect(said).toBeUndefined();
			else if (knownRun === 'not started')
				expect(said?.description).toMatch(/^Nothing was started\./);
			else expect(said?.description).toContain(NOT_SENT_AGAIN);
		}
	});

	it('says the same in every look-up, and nothing of a run that may have started', () => {
		const [{ said }, ...others] = lookingUp;
		expect(others.filter((other) => !saysTheSame(other.said, said))).toEqual([]);
		expect(said === undefined).toBe(knownRun === 'the result arrives');
		expect(said?.description ?? '').not.toContain(NOT_SENT_AGAIN);
	});

	it('hands the item on as On Error says', () => {
		const sleeps = ({ operation }: Seen) => operation.endsWith('invokeAndWait');
		for (const seen of [...starting, ...lookingUp]) {
			const result = sleeps(seen) ? 'nothing' : 'the result';
			const expected = knownRun === 'the result arrives' ? result : FAILED_ITEM[seen.setting];
			expect(seen).toMatchObject({ handedOn: expected });
		}
	});

	it('hands on what Fetch Hive has sent, with every character', () => {
		const results = [...starting, ...lookingUp].filter(({ result }) => result !== undefined);
		expect(results.map(({ operation, result }) => ({ operation, result }))).toEqual(
			results.map(({ operation }) => ({ operation, result: resultOf(operation, met) })),
		);
	});

	it('does not hang: it ends when the time-out of its tries does', () => {
		const limit = ({ setting }: Seen) =>
			triesOf(met, setting) * timeoutSeconds * 1000 + MARGIN_MILLISECONDS;
		const all = [...starting, ...lookingUp, patient];
		expect(all.filter((seen) => seen.milliseconds > limit(seen))).toEqual([]);
	});
});

it(
	'an execution sleeps whatever goes wrong with the look-up before: its run is started',
	async () => {
		const wait = operationNamed('workflow: invokeAndWait');
		const options = { timeout: 30, maxRetryWait: 0 };
		const light = CALL_CASES.filter(({ isHeavy, requests }) => !isHeavy && requests > 0);
		const seen = await Promise.all(
			light.map(async ({ name }) => ({
				name,
				...(await observe(openingWithLookUps(name), wait, 'stop', options)),
			})),
		);
		const asleep = { said: undefined, handedOn: 'nothing', requests: 1, runs: 1 };
		expect(seen).toMatchObject(light.map(({ name }) => ({ name, ...asleep })));
		const limit = LOOK_UP_BEFORE_MILLISECONDS + MARGIN_MILLISECONDS;
		expect(seen.filter(({ milliseconds }) => milliseconds > limit)).toEqual([]);
	},
	PATIENCE_MILLISECONDS,
);

it('docs/reliability.md says what was found; npm run docs:reliability writes it anew', () => {
	const lines = CALL_CASES.map(({ name }) => rows.get(name) ?? []);
	expectSection('faults of calls', `${tableOf(HEADING, lines)}\n\n(1) ${NOT_SENT_AGAIN}`);
});
