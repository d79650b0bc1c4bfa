import { randomInt } from 'crypto';
import type { INodeParameters } from 'n8n-workflow';

import { realClock } from '../../nodes/FetchHive/batch/clock';
import { startEmulator } from '../../playground/emulator';
import { FETCH_HIVE, LATER, ON_ERROR } from './fetchHiveWorkflow';
import type { WorkflowRun } from './runWorkflow';
import { errorOf } from './runWorkflow';
import { useScenario } from './scenario';
import { pause, until } from './until';

// Before the scenario starts anew: a call that is just being left would count as one of the next test.
afterEach(async () => {
	await scenario.emulator.settled();
	await pause(0);
});

const scenario = useScenario({
	operation: 'invoke',
	deployment: '={{ $json.deployment }}',
	variant: 'production',
	specifyInputs: 'json',
	inputsJson: '={{ $json.inputs }}',
});
const { run } = scenario;

const timed = (milliseconds: number) => ({ deployment: 'timed-run', inputs: { milliseconds } });
const other = (deployment: string) => ({ deployment, inputs: {} });
/** The later an item, the sooner it is done. */
const timedItems = (count: number, leastMs = 10) =>
	Array.from({ length: count }, (_, index) => timed(leastMs + 5 * (count - index)));
const continuing = (onError: 'continueRegularOutput' | 'continueErrorOutput') => ({
	settings: { onError },
});
const outputsOf = ({ jsonOf }: WorkflowRun, node = FETCH_HIVE) =>
	jsonOf(node).map(({ output }) => output);
const took = (items: Array<ReturnType<typeof timed>>) =>
	items.map(({ inputs }) => `That took ${inputs.milliseconds} ms.`);
const hintsOf = ({ run: { data } }: WorkflowRun) =>
	(data.resultData.runData[FETCH_HIVE]?.[0].hints ?? []).map(({ message }) => message);
const hanging = { deployment: 'never-answers', inputs: {} };
/** Runs none of which is answered, and tells how many were in flight at once when no more came. */
async function heldAtOnce(expected: number, options: INodeParameters) {
	// Two seconds without an answer prove that there is room for one more. Here they pass at once.
	const timer = jest.spyOn(realClock, 'timer').mockImplementation((_ms, onTime) => {
		let isStopped = false;
		void pause(0).then(() => {
			if (!isStopped) onTime();
		});
		return () => void (isStopped = true);
	});
	const items = Array.from({ length: 2 * expected }, () => hanging);
	const held = async () => {
		await until(() => scenario.emulator.requests.length >= expected);
		await pause(100);
	};
	await run({ options }, { items, onStarted: (cancel) => void held().then(cancel) });
	timer.mockRestore();
	return scenario.emulator.mostAtOnce();
}
const statuses = () => scenario.emulator.requests.map(({ status }) => status);
const refusedCount = () => statuses().filter((status) => status === 429).length;

describe('many items', () => {
	it('run at once up to the maximum, and come out in their order with their pairedItem', async () => {
		const items = timedItems(12);
		const done = await run({ options: { maxConcurrency: 3 } }, { items });
		expect(outputsOf(done)).toEqual(took(items));
		expect(done.itemsOf(FETCH_HIVE).map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
		expect(scenario.emulator.mostAtOnce()).toBeLessThanOrEqual(3);
		expect(hintsOf(done)).toEqual([]);
	});

	it.each([
		['five', 'nothing', {}, 5],
		['three', 'that', { maxConcurrency: 3 }, 3],
	])('run %s at once where %s is said', async (_count, _what, options, expected) => {
		expect(await heldAtOnce(expected, options)).toBe(expected);
	});

	it('run one after the other where that is said', async () => {
		await run({ options: { maxConcurrency: 1 } }, { items: timedItems(3) });
		expect(scenario.emulator.mostAtOnce()).toBe(1);
		expect(scenario.emulator.requests.map(({ body }) => body)).toMatchObject(
			timedItems(3).map(({ inputs }) => ({ inputs })),
		);
	});

	it('are sent while the first one runs, when that takes long', async () => {
		const stopped = await run(
			{},
			{
				items: [hanging, hanging],
				onStarted: (cancel) =>
					void until(() => scenario.emulator.requests.length === 2).then(cancel),
			},
		);
		expect(stopped.run.status).toBe('canceled');
		expect(scenario.emulator.mostAtOnce()).toBe(2);
	});

	it.each([1, 3])('are all done on a plan with %d at once, and the node says it', async (limit) => {
		scenario.emulator.set({ concurrencyLimit: limit });
		// Long enough that they surely meet.
		const items = timedItems(15, 100);
		const done = await run({}, { items });
		expect(outputsOf(done)).toEqual(took(items));
		expect(refusedCount()).toBe(1);
		expect(scenario.emulator.runs).toHaveLength(items.length);
		expect(hintsOf(done)).toEqual([
			`Calls that were refused and sent again: 1 because the plan allows no more at the same time. With 'Max Concurrency' at ${limit} none would have been refused.`,
		]);
	});

	it('are all done when the plan has no place for a while', async () => {
		scenario.emulator.set({ concurrencyLimit: 0 });
		const items = timedItems(3);
		const done = run(
			{},
			{
				items,
				onStarted: () =>
					void until(() => refusedCount() > 0).then(() =>
						scenario.emulator.set({ concurrencyLimit: 1 }),
					),
			},
		);
		expect(outputsOf(await done)).toEqual(took(items));
	});

	it.each<[string, object]>([
		['seconds', { retryAfter: '1' }],
		['a date', { retryAfterDateMs: 1000 }],
		['nothing', {}],
	])('wait when the provider takes no more, told in %s', async (_form, switches) => {
		scenario.emulator.set({ providerRateLimit: 1, ...switches });
		const items = timedItems(2);
		const done = await run({}, { items });
		expect(outputsOf(done)).toEqual(took(items));
		expect(statuses()).toEqual([429, 200, 200]);
		expect(hintsOf(done)).toEqual([
			'Calls that were refused and sent again: 1 because Fetch Hive or the model provider did not accept more requests.',
		]);
	});

	it('are sent when a connection can be made again', async () => {
		// Below the ports that a system gives to who asks for any one: nobody else gets it meanwhile.
		const port = randomInt(20_000, 30_000);
		const gone = await startEmulator({ port });
		await gone.close();
		const sleeps = jest.spyOn(realClock, 'sleep');
		const restarted = until(() => sleeps.mock.calls.length > 0).then(
			async () => await startEmulator({ port }),
		);
		const items = timedItems(2);
		const done = await run({}, { items, api: gone });
		sleeps.mockRestore();
		const back = await restarted;
		expect(outputsOf(done)).toEqual(took(items));
		expect(back.runs).toHaveLength(2);
		expect(hintsOf(done)).toEqual([
			expect.stringMatching(/\d because no connection could be made/),
		]);
		await back.close();
	});

	it('are not sent again where that is not wanted', async () => {
		scenario.emulator.set({ providerRateLimit: 1 });
		const failed = await run({ options: { maxRetryWait: 0 } }, { items: [timed(1)] });
		expect(errorOf(failed).message).toContain('does not accept more requests');
		expect(statuses()).toEqual([429]);
	});

	it('are not sent again when the refusal names a run', async () => {
		scenario.emulator.set({ providerRateLimit: 1, refusalsNameRequest: true });
		await run({}, { items: [timed(1)] });
		expect(statuses()).toEqual([429]);
	});

	it('are given up after the time that is allowed', async () => {
		scenario.emulator.set({ concurrencyLimit: 0 });
		const failed = await run({ options: { maxRetryWait: 1 } }, { items: [timed(1)] });
		expect(errorOf(failed)).toMatchObject({
			httpCode: '429',
			message: 'The Fetch Hive plan allows no more runs at the same time',
			description: expect.stringMatching(/The node tried \d+ times/),
		});
		expect(scenario.emulator.runs).toEqual([]);
	});

	it.each(['drops-connection', 'fails-provider', 'fails-internal', 'not-json'])(
		'are never sent again when they may have started: %s',
		async (name) => {
			const items = [other(name), timed(1)];
			await run({}, { items, ...continuing('continueRegularOutput') });
			expect(scenario.emulator.requests).toHaveLength(2);
		},
	);

	it('are looked up as many at once, and asked again when that fails', async () => {
		scenario.emulator.set({ failingLookUps: 1 });
		await run({}, { items: [timed(1), timed(2)] });
		const items = scenario.emulator.runs.map(({ requestId }) => ({ requestId }));
		const lookUp = { resource: 'request', operation: 'get', requestId: '={{ $json.requestId }}' };
		const { jsonOf } = await run(lookUp, { items });
		expect(jsonOf(FETCH_HIVE)).toMatchObject([{ ended: true }, { ended: true }]);
	});
});

describe('On Error: Stop', () => {
	it('sends nothing after the first failure, lets end what is in flight, and says how far it is', async () => {
		const items = [timed(1), timed(1), timed(300), other('fails-run'), timed(1), timed(1)];
		const failed = await run({ options: { maxConcurrency: 2 } }, { items });
		expect(errorOf(failed)).toMatchObject({
			message: 'The run ended as failed',
			description: expect.stringMatching(
				/^Of 6 items: 3 done, 1 failed, 2 never sent\. .*Step 2 of the workflow failed\./,
			),
			context: { itemIndex: 3 },
		});
		expect(failed.run.status).toBe('error');
		expect(scenario.emulator.runs.map(({ status }) => status)).toEqual([
			'completed',
			'completed',
			'completed',
			'failed',
		]);
	});

	it('names the item that failed first, not the first of those that failed', async () => {
		const items = [timed(1), timed(1), other('never-answers'), other('fails-run')];
		const failed = await run({ options: { timeout: 1 } }, { items });
		expect(errorOf(failed)).toMatchObject({
			message: 'The run ended as failed',
			context: { itemIndex: 3 },
		});
	});

	it('says nothing of other items where there is one', async () => {
		const failed = await run({}, { items: [other('fails-run')] });
		expect(errorOf(failed).description).not.toContain('items');
	});
});

describe.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
	'On Error: %s',
	(onError) => {
		it('gives every item its result or its own error', async () => {
			scenario.emulator.set({ concurrencyLimit: 2 });
			const items = [timed(30), other('fails-run'), timed(1), other('fails-credits'), timed(1)];
			const done = await run({}, { items, ...continuing(onError) });
			expect(done.run.status).toBe('success');
			const apart = onError === 'continueErrorOutput';
			const errors = done.itemsOf(apart ? ON_ERROR : FETCH_HIVE).filter(({ json }) => json.error);
			expect(errors).toMatchObject([
				{ json: { error: 'The run ended as failed' } },
				{ json: { details: { error_code: 'insufficient_hosted_llm_credits' } } },
			]);
			expect(outputsOf(done, LATER).filter(Boolean)).toEqual([
				'That took 30 ms.',
				'That took 1 ms.',
				'That took 1 ms.',
			]);
		});
	},
);

describe('the daily cap', () => {
	const RESETS = /resets at midnight UTC, in \d+ (hours?|minutes?)\..*limit 3, current 3/;

	it('stops the workflow, saying when it resets and what the numbers are', async () => {
		scenario.emulator.set({ dailyLimit: 3 });
		const failed = await run({ options: { maxConcurrency: 1 } }, { items: timedItems(6) });
		expect(errorOf(failed)).toMatchObject({
			message: 'The daily limit of API calls of the Fetch Hive plan is reached',
			description: expect.stringMatching(RESETS),
			httpCode: '429',
			context: { itemIndex: 3 },
		});
		expect(errorOf(failed).description).toContain('3 done, 1 failed, 2 never sent');
		expect(statuses()).toEqual([200, 200, 200, 429]);
	});

	it('is not sent into again: the items after it say that they were not sent', async () => {
		scenario.emulator.set({ dailyLimit: 3 });
		const items = timedItems(6);
		const done = await run(
			{ options: { maxConcurrency: 1 } },
			{ items, ...continuing('continueRegularOutput') },
		);
		const error = 'The daily limit of API calls of the Fetch Hive plan is reached';
		const common = { error_code: 'api_rate_limit_exceeded', status_code: 429 };
		expect(done.jsonOf(FETCH_HIVE).slice(3)).toEqual([
			{ error, details: { ...common, description: expect.stringMatching(RESETS) } },
			...[4, 5].map(() => ({
				error,
				details: {
					...common,
					description: expect.stringMatching(
						new RegExp(
							`^This item was not sent, because an earlier one met the limit.*${RESETS.source}`,
						),
					),
				},
			})),
		]);
		expect(outputsOf(done).slice(0, 3)).toEqual(took(items.slice(0, 3)));
		expect(statuses()).toEqual([200, 200, 200, 429]);
	});

	it('is not met again by Retry on Fail', async () => {
		scenario.emulator.set({ dailyLimit: 1 });
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const failed = await run({}, { items: timedItems(4), settings: retry });
		expect(failed.run.status).toBe('error');
		expect(refusedCount()).toBeLessThanOrEqual(2);
		expect(scenario.emulator.runs).toHaveLength(1);
	});
});

describe('Retry on Fail', () => {
	const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

	it('sends only what was refused or never sent, whatever was in flight together', async () => {
		const items = [timed(60), timed(1), other('fails-credits'), timed(61), timed(62), timed(2)];
		const failed = await run({}, { items, settings: retry });
		expect(failed.run.status).toBe('error');
		const sent = scenario.emulator.runs.map(({ inputs }) => inputs.milliseconds);
		expect(sent).toEqual(expect.arrayContaining([60, 1]));
		expect(new Set(sent).size).toBe(sent.length);
		expect(scenario.emulator.requests.length - sent.length).toBe(2);
	});

	it.each(['error_status', 'ok_failed', 'ok_error_only'] as const)(
		'starts a run again that has ended as failed, which is what its user asks for (%s)',
		async (failedRunAnswer) => {
			scenario.emulator.set({ failedRunAnswer });
			const failed = await run({}, { items: [other('fails-run')], settings: retry });
			expect(errorOf(failed).message).toBe('The run ended as failed');
			expect(scenario.emulator.runs).toMatchObject([{ status: 'failed' }, { status: 'failed' }]);
		},
	);

	it('sends nothing more when an item may be going on: no second try could complete', async () => {
		const items = [timed(1), timed(1), other('drops-connection'), timed(1), timed(1), timed(1)];
		const failed = await run({ options: { maxConcurrency: 1 } }, { items, settings: retry });
		expect(errorOf(failed)).toMatchObject({ context: { itemIndex: 2 } });
		expect(scenario.emulator.requests).toHaveLength(3);
	});
});

describe('a batch-wide option', () => {
	it.each([
		[{ maxConcurrency: 0 }, /'Max Concurrency' is not a whole number of at least 1/],
		[{ maxConcurrency: 1.5 }, /'Max Concurrency'/],
		[{ maxConcurrency: 'many' }, /'Max Concurrency'/],
		[{ maxConcurrency: -1 }, /'Max Concurrency'/],
		[{ maxRetryWait: -1 }, /'Max Retry Wait \(Seconds\)' is not a number of seconds of at least 0/],
		[{ maxRetryWait: 'long' }, /'Max Retry Wait \(Seconds\)'/],
	])('is refused before anything is sent: %j', async (options, message) => {
		await scenario.expectRefused({ deployment: 'timed-run', options }, message);
	});

	it('counts with its smallest value where an expression gives several', async () => {
		const options = { maxConcurrency: '={{ $itemIndex === 1 ? 2 : 5 }}' };
		expect(await heldAtOnce(2, options)).toBe(2);
	});
});

describe('stopping the execution', () => {
	const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const stopWhen = (condition: () => boolean) => ({
		onStarted: (cancel: () => void) => void until(condition).then(cancel),
	});

	it.each([
		['stops', {}],
		['continues', { onError: 'continueRegularOutput' }],
		['is retried', retry],
	] as const)(
		'ends the calls in flight and sends no waiting one, when the node %s on errors',
		async (_setting, settings) => {
			const items = [timed(1), timed(1), timed(1), ...Array.from({ length: 9 }, () => hanging)];
			const stopped = await run(
				{ options: { maxConcurrency: 3 } },
				{ items, settings, ...stopWhen(() => scenario.emulator.requests.length === 6) },
			);
			expect(stopped.run.status).toBe('canceled');
			expect(scenario.emulator.requests).toHaveLength(6);
			expect(stopped.itemsOf(LATER)).toEqual([]);
			const [first, , , inFlight, , , unsent] = stopped.jsonOf(FETCH_HIVE);
			expect(first).toMatchObject({ output: 'That took 1 ms.' });
			expect(inFlight).toMatchObject({ error: expect.stringContaining('broke') });
			expect(unsent).toMatchObject({
				error: 'The execution was stopped before this item was sent',
			});
		},
	);

	it.each([
		['a place', { concurrencyLimit: 0 }],
		['the time that Retry-After says', { providerRateLimit: 9, retryAfter: '100' }],
	])('ends the waiting for %s', async (_what, switches) => {
		scenario.emulator.set(switches);
		const stopped = await run(
			{},
			{ items: [timed(1), timed(1)], ...stopWhen(() => refusedCount() > 0) },
		);
		const sent = scenario.emulator.requests.length;
		expect(stopped.run.status).toBe('canceled');
		await pause(100);
		expect(scenario.emulator.requests).toHaveLength(sent);
	});
});

describe('Invoke and Wait', () => {
	const waiting = {
		operation: 'invokeAndWait',
		deployment: 'human-review',
		specifyInputs: 'fields',
	};

	it('starts its run when there is a place for it again', async () => {
		scenario.emulator.set({ concurrencyLimit: 0, asyncOverLimit: 'refused' });
		const asleep = await run(waiting, {
			onStarted: () =>
				void until(() => refusedCount() > 0).then(() =>
					scenario.emulator.set({ concurrencyLimit: 1 }),
				),
		});
		expect(asleep.run.status).toBe('waiting');
		expect(scenario.emulator.runs).toHaveLength(1);
	});

	it('looks at its run before it sleeps once only, however that goes', async () => {
		scenario.emulator.set({ failingLookUps: 9 });
		const asleep = await run(waiting);
		expect(asleep.run.status).toBe('waiting');
		expect(scenario.emulator.requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
	});
});

describe('as a tool of an AI agent, and for a single item', () => {
	it.each(['n8n-nodes-fetchhive.fetchHiveTool', 'n8n-nodes-fetchhive.fetchHive'])(
		'%s makes one call and sets no timer',
		async (type) => {
			const timers = jest.spyOn(realClock, 'sleep');
			const { jsonOf } = await run({}, { items: [timed(1)], settings: { type } });
			expect(jsonOf(FETCH_HIVE)).toMatchObject([{ output: 'That took 1 ms.' }]);
			expect(scenario.emulator.requests).toHaveLength(1);
			expect(timers).not.toHaveBeenCalled();
			timers.mockRestore();
		},
	);
});
