import { createHmac } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import type { Emulator } from '../../../playground/emulator';
import type { Receiver } from './receiver';
import {
	calledBack,
	expectOnlyGenuine,
	handedOn,
	onlyExecution,
	publishedReceiver,
	receiverFor,
	startRun,
	triggered,
} from './receiver';
import { itLeaksNothing, jsonOf, startSuite } from './suite';
import { LATER, TRIGGER } from './workflows';

type Switches = Emulator['switches'];

const MEBIBYTE = 1024 * 1024;
const WARNING = 'Fetch Hive Trigger refused a callback';
const INVALID_SIGNATURE = { status: 401, body: '{"message":"Invalid signature"}' };

const suite = startSuite();

const simplified = (requestId: string) => ({
	event_type: 'workflow.completed',
	run_status: 'completed',
	request_id: requestId,
	output: expect.stringContaining('bees'),
});

/** The lines of n8n's log about refused callbacks. */
async function warnings(): Promise<string[]> {
	return (await suite.n8n.log()).split('\n').filter((line) => line.includes(WARNING));
}

/** What n8n logs about the callbacks that are refused meanwhile. */
async function warningOf(call: () => Promise<unknown>): Promise<string> {
	const before = (await warnings()).length;
	await call();
	return await suite.eventually('a warning in the log', async () => (await warnings())[before]);
}

/** A run whose callback is refused, and what n8n logs about that. */
async function refusedRun(receiver: Receiver) {
	let requestId = '';
	const warning = await warningOf(async () => {
		const called = await calledBack(suite, receiver);
		expect(called.statuses).toEqual([401]);
		requestId = called.requestId;
	});
	return { requestId, warning };
}

/** A run whose callback has reached nobody so far. */
async function undelivered() {
	const { requestId } = await startRun(suite, 'http://127.0.0.1:9/nowhere');
	const [{ rawBody }] = await suite.emulator.waitForCallback(requestId);
	return { rawBody, requestId };
}

describe('a genuine callback', () => {
	it('starts exactly one execution of the other workflow, with the result of the run', async () => {
		const receiver = await publishedReceiver(suite);
		const { requestId, statuses } = await calledBack(suite, receiver);
		const execution = await onlyExecution(suite, receiver);
		expect(statuses).toEqual([200]);
		expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
		expect(triggered(execution)).toEqual([simplified(requestId)]);
		expect(jsonOf(execution, LATER)).toEqual([simplified(requestId)]);
		expect(suite.emulator.runs.map((run) => run.requestId)).toEqual([requestId]);
		expect(suite.emulator.requests[0].body).toMatchObject({
			async: { enabled: true, callback_url: receiver.url },
		});
	});

	it('that comes before the invoke was answered is taken as well', async () => {
		suite.emulator.set({ callbackBeforeAnswer: true });
		const receiver = await publishedReceiver(suite);
		const { requestId } = await calledBack(suite, receiver);
		expect(triggered(await onlyExecution(suite, receiver))).toEqual([simplified(requestId)]);
	});

	const encodings = (['hex', 'HEX', 'base64'] as const).flatMap((signatureEncoding) =>
		(['', 'sha256=', 'v1='] as const).flatMap((signaturePrefix) =>
			[false, true].map((signatureTimestamp) => ({
				signatureEncoding,
				signaturePrefix,
				signatureTimestamp,
			})),
		),
	);
	it.each<Partial<Switches>>([
		...encodings,
		{ signatureKey: 'base64' },
		{ signatureKey: 'base64', signatureTimestamp: true, signatureEncoding: 'base64' },
		{ callbackGzip: true },
		{ callbackContentType: 'application/cloudevents+json' },
		...[
			'application/json; charset=utf-8',
			'application/octet-stream',
			'application/vnd.api+json',
			'application/x-www-form-urlencoded',
			'text/plain',
		].map((callbackContentType) => ({ callbackContentType })),
		{ callbackContentType: 'application/octet-stream', callbackGzip: true },
		{ callbackExtraHeaders: { 'X-Forwarded-For': '192.0.2.1' } },
	])('is taken however Fetch Hive sends it: %j', async (switches) => {
		suite.emulator.set(switches);
		const receiver = await publishedReceiver(suite);
		const { requestId, statuses } = await calledBack(suite, receiver);
		expect(statuses).toEqual([200]);
		expect(triggered(await onlyExecution(suite, receiver))).toEqual([simplified(requestId)]);
	});

	it('gives the body as it came when the output is raw', async () => {
		const receiver = await publishedReceiver(suite, { parameters: { output: 'raw' } });
		const { requestId, attempts } = await calledBack(suite, receiver);
		const [item] = triggered(await onlyExecution(suite, receiver));
		expect(item).toEqual(JSON.parse(attempts[0].rawBody));
		expect(item).toMatchObject({ request_id: requestId });
	});

	it('brings no signing secret into the item, not even when the body holds one', async () => {
		const receiver = await publishedReceiver(suite, { parameters: { output: 'raw' } });
		const { requestId } = await startRun(suite, receiver.url, 'slow-research');
		const secret = suite.emulator.secretOf('summarise-topic');
		const body = JSON.stringify({
			event_type: 'workflow.completed',
			request_id: requestId,
			webhook_secret: secret,
			data: { output: 'honey', webhook_secret: secret },
		});
		const headers = suite.emulator.sign('summarise-topic', body);
		const response = await fetch(receiver.url, { method: 'POST', body, headers });
		expect(response.status).toBe(200);
		expect(triggered(await onlyExecution(suite, receiver))).toEqual([
			{ event_type: 'workflow.completed', request_id: requestId, data: { output: 'honey' } },
		]);
	});
});

describe('a callback that cannot be trusted is refused, starts nothing and is named in the log', () => {
	it.each([
		['body', /does not match/],
		['signature', /does not match/],
		['unsigned', /missing/],
	] as const)('forged: %s', async (callbackTamper, reason) => {
		suite.emulator.set({ callbackTamper });
		const receiver = await publishedReceiver(suite);
		const { requestId, warning } = await refusedRun(receiver);
		expect(warning).toMatch(reason);
		expect(JSON.parse(warning)).toMatchObject({ level: 'warn' });
		expect(warning).toMatch(/Fetch Hive Trigger\\", workflow \w+/);
		await expectOnlyGenuine(suite, receiver, requestId);
	});

	it('replayed with a time stamp that is too old', async () => {
		const receiver = await publishedReceiver(suite);
		const { rawBody, requestId } = await undelivered();
		const stale = staleSignature(rawBody);
		const warning = await warningOf(async () => {
			const response = await fetch(receiver.url, {
				method: 'POST',
				body: rawBody,
				headers: { 'Content-Type': 'application/json', 'X-Fetch-Hive-Signature': stale },
			});
			expect({ status: response.status, body: await response.text() }).toEqual(INVALID_SIGNATURE);
		});
		expect(warning).toMatch(/timestamp/);
		await expectOnlyGenuine(suite, receiver, requestId);
	});

	it.each([
		['the secret of another deployment', 'another deployment', /does not match/],
		['a blank secret', ' ', /secret/],
	])('when the credential holds %s', async (_case, signingSecret, reason) => {
		const name = 'Useless at first';
		const credential = await suite.saveSecret(name, { signingSecret });
		const receiver = await publishedReceiver(suite, { credential });
		const { requestId, warning } = await refusedRun(receiver);
		expect(warning).toMatch(reason);
		await suite.saveSecret(name, { signingSecret: suite.emulator.secretOf('summarise-topic') });
		await expectOnlyGenuine(suite, receiver, requestId);
	});

	it('whatever is wrong with the signature, with the same answer', async () => {
		const receiver = await publishedReceiver(suite);
		const { requestId } = await undelivered();
		const signatures = ['nonsense', `t=1,v1=${'0'.repeat(64)}`, '0'.repeat(64), ',', 't=,v1='];
		for (const signature of signatures) {
			const headers = { 'X-Fetch-Hive-Signature': signature };
			const answer = await suite.emulator.deliver(requestId, { url: receiver.url, headers });
			expect(answer).toEqual(INVALID_SIGNATURE);
		}
		await expectOnlyGenuine(suite, receiver, requestId);
	});
});

/** A signature that was right ten minutes ago. */
function staleSignature(rawBody: string): string {
	const seconds = Math.floor(Date.now() / 1000) - 600;
	const key = suite.emulator.secretOf('summarise-topic');
	const digest = createHmac('sha256', key).update(`${seconds}.${rawBody}`).digest('hex');
	return `t=${seconds},v1=${digest}`;
}

describe('a callback that is no use starts nothing', () => {
	it.each<[string, string, string, number]>([
		['an array', '[]', 'application/json', 400],
		['a text', '"text"', 'application/json', 400],
		['no body', '', 'application/json', 400],
		['plain text', 'All done.', 'text/plain', 400],
		['broken JSON that n8n does not parse', '{', 'application/octet-stream', 400],
		['broken JSON', '{', 'application/json', 422],
		['more than n8n takes', `{"a":"${'b'.repeat(MEBIBYTE)}"}`, 'application/json', 500],
	])('signed: %s', async (_case, body, contentType, status) => {
		const receiver = await publishedReceiver(suite);
		const { requestId } = await undelivered();
		const headers = { 'Content-Type': contentType };
		const answer = await suite.emulator.deliver(requestId, { url: receiver.url, body, headers });
		expect(answer.status).toBe(status);
		await expectOnlyGenuine(suite, receiver, requestId);
	});

	it('to the test URL while nobody listens', async () => {
		const receiver = await publishedReceiver(suite);
		const { requestId } = await startRun(suite, receiver.testUrl);
		const attempts = await suite.emulator.waitForCallback(requestId);
		expect(attempts.map(({ status }) => status)).toEqual([404]);
		await expectOnlyGenuine(suite, receiver, requestId);
	});

	it('to the production URL of a workflow that is not published', async () => {
		const receiver = await receiverFor(suite);
		await suite.save(receiver.draft);
		const { requestId, statuses } = await calledBack(suite, receiver);
		expect(statuses).toEqual([404]);
		await suite.publish(receiver.draft);
		await expectOnlyGenuine(suite, receiver, requestId);
	});

	it.each<[string, (receiver: Receiver) => Promise<unknown>]>([
		['unpublished', async ({ draft }) => await suite.unpublish(draft)],
		['deleted', async ({ draft }) => await suite.remove(draft)],
	])('to a workflow that was %s after the run was started', async (_how, change) => {
		const receiver = await publishedReceiver(suite);
		const { requestId } = await undelivered();
		await change(receiver);
		// n8n takes the address away a moment later; until then an unsigned call is answered by the trigger.
		await suite.eventually('the address is gone', async () => {
			const { status } = await fetch(receiver.url, { method: 'POST' });
			return status === 404 ? true : undefined;
		});
		const before = await suite.lastExecutionIds();
		const answer = await suite.emulator.deliver(requestId, { url: receiver.url });
		expect(answer.status).toBe(404);
		// Whatever it had started would be saved by the time that this one's execution is.
		await expectOnlyGenuine(suite, await publishedReceiver(suite), requestId);
		const after = await suite.lastExecutionIds();
		expect(after.filter((id) => !before.includes(id))).toHaveLength(1);
	});
});

describe('a callback whose credential was deleted', () => {
	it('starts nothing, may come again when there is a new one, and the log says which one is missing', async () => {
		const signingSecret = suite.emulator.secretOf('summarise-topic');
		const credential = await suite.saveSecret('Short-lived', { signingSecret });
		const receiver = await publishedReceiver(suite, { credential });
		await suite.client.call('DELETE', `/credentials/${credential.id}`);
		const { requestId } = await undelivered();
		const warning = await warningOf(async () => {
			const answer = await suite.emulator.deliver(requestId, { url: receiver.url });
			expect(answer).toEqual({
				status: 500,
				body: '{"message":"The callback could not be taken"}',
			});
		});
		expect(warning).toMatch(/the credential 'Short-lived' cannot be read: .*Credential with ID/);
		const fresh = await suite.saveSecret('New one', { signingSecret });
		const { draft } = receiver;
		const credentials = { fetchHiveSigningSecretApi: fresh };
		const nodes = draft.nodes.map((each) =>
			each.name === TRIGGER ? { ...each, credentials } : each,
		);
		await suite.publish({ ...draft, nodes });
		await expectOnlyGenuine(suite, receiver, requestId);
	});
});

describe('Trigger On', () => {
	const events = [
		['completed', 'workflow.completed', 'completed'],
		['failed', 'workflow.failed', 'failed'],
		['failed', 'workflow.cancelled', 'cancelled'],
		['failed', 'workflow.expired', 'expired'],
		['other', 'agent.delegation.started', 'started'],
	] as const;

	it.each(events)('%s takes %s', async (wanted, eventType, runStatus) => {
		const receiver = await publishedReceiver(suite, { parameters: { triggerOn: [wanted] } });
		const { requestId } = await startRun(suite, receiver.url, 'human-review');
		const answer = await sent(receiver.url, { event_type: eventType, request_id: requestId });
		expect(answer).toEqual({ status: 200, body: { received: true } });
		expect(triggered(await onlyExecution(suite, receiver))).toMatchObject([
			{ event_type: eventType, run_status: runStatus, request_id: requestId },
		]);
	});

	it.each(events)('without %s acknowledges %s and starts nothing', async (unwanted, eventType) => {
		const triggerOn = ['completed', 'failed', 'other'].filter((each) => each !== unwanted);
		const wanted = events.find(([group]) => group === triggerOn[0]);
		const receiver = await publishedReceiver(suite, { parameters: { triggerOn } });
		const answer = await sent(receiver.url, { event_type: eventType, request_id: 'req_1' });
		expect(answer).toEqual({ status: 200, body: { received: true, ignored: true } });
		await sent(receiver.url, { event_type: wanted?.[1], request_id: 'req_2' });
		expect(triggered(await onlyExecution(suite, receiver))).toMatchObject([
			{ request_id: 'req_2' },
		]);
	});

	/** Posts a signed body that no run of the emulator would bring. */
	async function sent(url: string, content: IDataObject) {
		const body = JSON.stringify(content);
		const headers = suite.emulator.sign('summarise-topic', body);
		const response = await fetch(url, { method: 'POST', body, headers });
		return { status: response.status, body: await response.json() };
	}
});

describe('a failed run', () => {
	it('says why in the item', async () => {
		const receiver = await publishedReceiver(suite, { deployment: 'fails-run' });
		const { requestId } = await calledBack(suite, receiver, 'fails-run');
		expect(triggered(await onlyExecution(suite, receiver))).toEqual([
			{
				event_type: 'workflow.failed',
				run_status: 'failed',
				request_id: requestId,
				error_message: 'Step 2 of the workflow failed.',
			},
		]);
	});
});

describe('copies of a callback', () => {
	it('that arrive twenty at once run the later node once, and all are acknowledged', async () => {
		suite.emulator.set({ callbackDuplicates: 19 });
		const receiver = await publishedReceiver(suite);
		const { requestId, statuses } = await calledBack(suite, receiver);
		expect(statuses).toEqual(Array.from({ length: 20 }, () => 200));
		await onlyExecution(suite, receiver);
		expect(await handedOn(suite, receiver)).toEqual([simplified(requestId)]);
	});

	it('that arrive later start an execution that ends at the trigger', async () => {
		const receiver = await publishedReceiver(suite);
		const { requestId } = await calledBack(suite, receiver);
		await onlyExecution(suite, receiver);
		const executions = await suite.eventually('an execution of a copy', async () => {
			expect((await suite.emulator.deliver(requestId)).status).toBe(200);
			const all = await suite.executions(receiver.draft.id);
			return all.length > 1 ? all : undefined;
		});
		expect(executions.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(triggered(executions[1])).toEqual([]);
		expect(await handedOn(suite, receiver)).toEqual([simplified(requestId)]);
	});

	it('all run the later node when the workflow wants duplicates', async () => {
		suite.emulator.set({ callbackDuplicates: 2 });
		const parameters = { options: { ignoreDuplicates: false } };
		const receiver = await publishedReceiver(suite, { parameters });
		const { requestId } = await calledBack(suite, receiver);
		await suite.executionsWhen(receiver.draft.id, 3);
		const item = simplified(requestId);
		expect(await handedOn(suite, receiver)).toEqual([item, item, item]);
	});

	it('are told apart from the callbacks of other runs that arrive with them', async () => {
		suite.emulator.set({ callbackDelayMs: 600_000 });
		const receiver = await publishedReceiver(suite);
		const runs = await Promise.all(
			Array.from({ length: 5 }, async (_each, index) => {
				const body = JSON.stringify({
					event_type: 'workflow.completed',
					request_id: `req_${index}`,
				});
				const headers = suite.emulator.sign('summarise-topic', body);
				return (await fetch(receiver.url, { method: 'POST', body, headers })).status;
			}),
		);
		expect(runs).toEqual([200, 200, 200, 200, 200]);
		await suite.executionsWhen(receiver.draft.id, 5);
		const items = await handedOn(suite, receiver);
		expect(items.map((item) => item.request_id).sort()).toEqual([
			'req_0',
			'req_1',
			'req_2',
			'req_3',
			'req_4',
		]);
	});
});

describe('callbacks that only look like copies', () => {
	const send = async (url: string, content: IDataObject) => {
		const body = JSON.stringify(content);
		const headers = suite.emulator.sign('summarise-topic', body);
		return (await fetch(url, { method: 'POST', body, headers })).status;
	};

	it.each(['simplified', 'raw'])(
		'of three runs that are named by run_id are three executions (%s), and their copies hand nothing on',
		async (output) => {
			const receiver = await publishedReceiver(suite, { parameters: { output } });
			const ids = ['run_1', 'run_2', 'run_3'];
			const sendAll = async () => {
				for (const run_id of ids) {
					const body = { event_type: 'workflow.completed', run_id, output: 'approved' };
					expect(await send(receiver.url, body)).toBe(200);
				}
			};
			await sendAll();
			await suite.executionsWhen(receiver.draft.id, ids.length);
			await suite.eventually('an execution of a copy', async () => {
				await sendAll();
				return (await suite.executions(receiver.draft.id)).length > ids.length || undefined;
			});
			const items = await handedOn(suite, receiver);
			expect(items.map(({ run_id }) => run_id).sort()).toEqual(ids);
			expect(JSON.stringify(items)).not.toContain('copyKey');
		},
	);

	it('of the steps of a run start nothing, and its end is not lost', async () => {
		const receiver = await publishedReceiver(suite);
		for (const event_type of [
			...['workflow.step.completed', 'agent.tool.failed', 'workflow.iteration.failed'],
			'workflow.completed',
		]) {
			const body = { event_type, request_id: 'req_steps', data: { output: event_type } };
			expect(await send(receiver.url, body)).toBe(200);
		}
		expect(triggered(await onlyExecution(suite, receiver))).toMatchObject([
			{ run_status: 'completed', output: 'workflow.completed' },
		]);
	});

	it('are the next try of one whose Output could not be evaluated', async () => {
		const parameters = { output: '={{ nonsense( }}' };
		const receiver = await publishedReceiver(suite, { parameters });
		const body = { event_type: 'workflow.completed', request_id: 'req_again' };
		expect(await send(receiver.url, body)).toBe(500);
		const nodes = receiver.draft.nodes.map((node) =>
			node.name === TRIGGER ? { ...node, parameters: {} } : node,
		);
		await suite.publish({ ...receiver.draft, nodes });
		expect(await send(receiver.url, body)).toBe(200);
		expect(triggered(await onlyExecution(suite, receiver))).toMatchObject([
			{ request_id: 'req_again' },
		]);
	});
});

describe('a signing secret that is replaced while a run is under way', () => {
	it('is still accepted as the previous one, and no longer than ten seconds when that is gone', async () => {
		const name = 'Rotated';
		const [old, fresh] = ['human-review', 'summarise-topic'].map(suite.emulator.secretOf);
		const credential = await suite.saveSecret(name, { signingSecret: old });
		const receiver = await publishedReceiver(suite, { credential });
		const before = await startRun(suite, receiver.url, 'human-review');
		await suite.saveSecret(name, { signingSecret: fresh, previousSigningSecret: old });
		const [{ status }] = await suite.emulator.approve(before.requestId);
		expect(status).toBe(200);
		const after = await calledBack(suite, receiver);
		expect(after.statuses).toEqual([200]);
		await suite.executionsWhen(receiver.draft.id, 2);

		await suite.saveSecret(name, { signingSecret: fresh, previousSigningSecret: '' });
		const late = await startRun(suite, receiver.url, 'human-review');
		// Its answer tells whether the signature was right, and it starts nothing.
		const probe = {
			method: 'POST',
			body: '[]',
			headers: suite.emulator.sign('human-review', '[]'),
		};
		await suite.eventually('the old secret is refused', async () => {
			return (await fetch(receiver.url, probe)).status === 401 || undefined;
		});
		const [attempt] = await suite.emulator.approve(late.requestId);
		expect(attempt.status).toBe(401);
		expect((await handedOn(suite, receiver)).map((item) => item.request_id)).toEqual([
			before.requestId,
			after.requestId,
		]);
	});
});

itLeaksNothing(suite);
