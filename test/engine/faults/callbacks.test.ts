import { randomUUID } from 'crypto';
import { startEmulator } from '../../../playground/emulator';
import { runFetchHive } from '../fetchHiveWorkflow';
import { LeakCheck } from '../leaks';
import { callWaiting } from '../resumeWebhook';
import { callTrigger } from '../triggerWebhook';
import type { Answer } from '../webhookCall';
import type { CallbackCase, Sender } from './callbackCases';
import { CALLBACK_CASES } from './callbackCases';
import { expectSection, tableOf } from './page';

const DEPLOYMENT = 'human-review';

const TRIGGER_ON_ALL = { triggerOn: ['completed', 'failed', 'other'] };

/** Whole, so that a second more is a second more. */
const NOW_SECONDS = Math.floor(Date.now() / 1000);

/** One for the file, because all nodes have the same logger. */
const leaks = new LeakCheck();

beforeAll(() => {
	leaks.watchLogs();
	// A second that ends between signing and checking would make a signature of 300 seconds too old.
	jest.spyOn(Date, 'now').mockReturnValue(NOW_SECONDS * 1000);
});
afterAll(() => jest.restoreAllMocks());

async function answersOfTrigger({ calls }: CallbackCase): Promise<Answer[]> {
	const secret = 'the signing secret of the trigger';
	const setup = { credential: { signingSecret: secret }, parameters: TRIGGER_ON_ALL };
	const sender: Sender = { secret, requestId: randomUUID(), nowSeconds: NOW_SECONDS };
	const answers = leaks.keep(
		await Promise.all(calls(sender).map(async (call) => await callTrigger(setup, call))),
	);
	leaks.expectNoneOf([secret]);
	return answers;
}

async function answersOfWaiting({ calls }: CallbackCase): Promise<Answer[]> {
	const emulator = await startEmulator();
	try {
		const sleeping = leaks.keep(
			await runFetchHive({
				api: emulator,
				parameters: {
					resource: 'workflow',
					operation: 'invokeAndWait',
					deployment: DEPLOYMENT,
					variant: 'production',
				},
			}),
		);
		const [{ requestId, secret }] = emulator.runs;
		const sender = { secret, requestId, nowSeconds: NOW_SECONDS };
		const answers = leaks.keep(
			await Promise.all(
				calls(sender).map(async (call) => await callWaiting(sleeping, emulator, call)),
			),
		);
		leaks.expectNone(emulator);
		return answers;
	} finally {
		await emulator.close();
	}
}

const withItems = (answers: Answer[]) => answers.filter(({ items }) => items !== undefined);

/** Such as "1 × 200, 99 × 409". */
function statusesOf(answers: Answer[]): string {
	const statuses = answers.map(({ status }) => status);
	const counted = [...new Set(statuses)].sort().map((status) => {
		const count = statuses.filter((each) => each === status).length;
		return answers.length === 1 ? `${status}` : `${count} × ${status}`;
	});
	return counted.join(', ');
}

const rows: string[][] = [];

describe.each(CALLBACK_CASES)('a callback: $what', (callbackCase) => {
	const { starts, wakes, what } = callbackCase;
	it('starts and wakes what it should and nothing else, and tells no secret', async () => {
		const trigger = await answersOfTrigger(callbackCase);
		const waiting = await answersOfWaiting(callbackCase);
		expect({ starts: withItems(trigger).length, wakes: withItems(waiting).length }).toEqual({
			starts,
			wakes,
		});
		expect([...trigger, ...waiting].filter(({ status }) => status >= 500)).toEqual([]);
		rows.push([
			what,
			statusesOf(trigger),
			starts === 1 ? '1 execution starts' : `${starts === 0 ? 'no' : starts} executions start`,
			statusesOf(waiting),
			wakes === 1 ? 'continues, once' : 'keeps waiting',
		]);
	});
});

it('docs/reliability.md says what was found; npm run docs:reliability writes it anew', () => {
	const heading = [
		'What arrives',
		'The trigger answers',
		'and',
		'A waiting execution answers',
		'and',
	];
	expectSection('faults of callbacks', tableOf(heading, rows));
});
