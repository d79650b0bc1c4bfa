import { handedOn, onlyExecution, publishedReceiver, startRun, triggered } from './receiver';
import type { Receiver } from './receiver';
import { itLeaksNothing, startSuiteAlone } from './suite';
import { callBack, DEPLOYMENT, resumed, startWaiting } from './waiting';

const START_SECONDS = 90;
const RESTART_MILLISECONDS = 150_000;

const suite = startSuiteAlone('restart');

/** The trigger answers again: until its workflow is active, n8n knows no such address. */
async function listening({ url }: Receiver): Promise<void> {
	await suite.eventually('the trigger listens', async () => {
		const { status } = await fetch(url, { method: 'POST' });
		return status === 401 ? true : undefined;
	});
}

describe('n8n is killed between the start of a run and its callback', () => {
	it(
		'and after its restart takes the callback once, and none that it took before',
		async () => {
			const receiver = await publishedReceiver(suite, { deployment: DEPLOYMENT });
			const before = await startRun(suite, receiver.url, DEPLOYMENT);
			await suite.emulator.approve(before.requestId);
			await onlyExecution(suite, receiver);
			const { requestId } = await startRun(suite, receiver.url, DEPLOYMENT);

			await suite.n8n.kill();
			await suite.n8n.restart();
			await listening(receiver);

			expect((await suite.emulator.deliver(before.requestId)).status).toBe(200);
			suite.emulator.set({ callbackDuplicates: 4 });
			const attempts = await suite.emulator.approve(requestId);
			expect(attempts.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
			const [, copy, last, ...more] = await suite.executionsWhen(receiver.draft.id, 3);
			expect(more).toEqual([]);
			expect(triggered(copy)).toEqual([]);
			expect(triggered(last)).toEqual([
				{
					event_type: 'workflow.completed',
					run_status: 'completed',
					request_id: requestId,
					output: 'Approved.',
				},
			]);
			expect([copy.status, last.status]).toEqual(['success', 'success']);
			expect((await handedOn(suite, receiver)).map((item) => item.request_id)).toEqual([
				before.requestId,
				requestId,
			]);
			expect(suite.emulator.runs).toHaveLength(2);
		},
		RESTART_MILLISECONDS,
	);

	it(
		'and takes a callback once that the sender repeats until it is taken',
		async () => {
			const receiver = await publishedReceiver(suite, { deployment: DEPLOYMENT });
			const { requestId } = await startRun(suite, receiver.url, DEPLOYMENT);
			await suite.n8n.kill();
			const [failed] = await suite.emulator.approve(requestId);
			expect(failed.error).toContain('ECONNREFUSED');
			await Promise.all([suite.n8n.restart(), taken(requestId)]);
			const execution = await onlyExecution(suite, receiver);
			expect(triggered(execution)).toMatchObject([{ request_id: requestId }]);
			expect(await handedOn(suite, receiver)).toHaveLength(1);
		},
		RESTART_MILLISECONDS,
	);
});

describe('n8n is killed while an execution waits', () => {
	it(
		'and after its restart the callback resumes it',
		async () => {
			const waiting = await startWaiting(suite);
			await suite.n8n.kill();
			await suite.n8n.restart();
			// Until n8n is ready it answers every call 200 and does nothing.
			await suite.eventually(
				'n8n answers',
				async () => {
					const answer = await callBack(waiting.resumeUrl, '{}', {}).catch(() => undefined);
					return answer?.status === 401 ? true : undefined;
				},
				90,
			);
			// An n8n that has just started may be too busy for the first one.
			suite.emulator.set({ callbackRetries: 20, callbackRetryDelayMs: 500 });
			const { later, statuses } = await resumed(suite, waiting);
			expect(statuses.at(-1)).toBe(200);
			expect(later).toMatchObject([{ request_id: waiting.requestId, output: 'Approved.' }]);
		},
		RESTART_MILLISECONDS,
	);
});

/** Repeats a callback until the trigger takes it. The status alone says little: n8n that is starting answers 200. */
async function taken(requestId: string): Promise<void> {
	const look = async () => {
		const answer = await suite.emulator.deliver(requestId).catch(() => undefined);
		return answer?.body === '{"received":true}' ? true : undefined;
	};
	await suite.eventually('the callback is taken', look, START_SECONDS);
}

itLeaksNothing(suite);
