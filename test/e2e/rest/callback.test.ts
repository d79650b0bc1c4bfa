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
const COMPLETED = { event_type: 'workflow.completed' };

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

/** A run whose callback has reached nobody so far. */
async function undelivered() {
	const { requestId } = await startRun(suite, 'http://127.0.0.1:9/nowhere');
	const [{ rawBody }] = await suite.emulator.waitForCallback(requestId);
	return { rawBody, requestId };
}

/** Posts a signed body that no run of the emulator would bring. */
async function send({ url }: Receiver, content: IDataObject) {
	const body = JSON.stringify(content);
	const headers = suite.emulator.sign('summarise-topic', body);
	const response = await fetch(url, { method: 'POST', body, headers });
	return { status: response.status, body: await response.json() };
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

	it('is taken however Fetch Hive sends it, of a type that n8n reads or does not', async () => {
		const typed = (callbackContentType: string) => ({ callbackContentType });
		const ways: Array<Partial<Switches>> = [
			...['application/json; charset=utf-8', 'text/plain', 'application/octet-stream'].map(typed),
			...['application/cloudevents+json', 'application/vnd.api+json'].map(typed),
			typed('application/x-www-form-urlencoded'),
			{ callbackGzip: true },
			{ callbackContentType: 'application/octet-stream', callbackGzip: true },
			{ callbackExtraHeaders: { 'X-Forwarded-For': '192.0.2.1' } },
			{ signatureEncoding: 'base64', signaturePrefix: 'v1=', signatureTimestamp: true },
		];
		const receiver = await publishedReceiver(suite);
		const { requestId } = await undelivered();
		const ids = ways.map((_way, index) => `req_way_${index}`);
		for (const [index, switches] of ways.entries()) {
			const body = { ...COMPLETED, request_id: ids[index] };
			const answer = await suite.emulator.deliver(requestId, { url: receiver.url, switches, body });
			expect({ switches, answer }).toMatchObject({ switches, answer: { status: 200 } });
		}
		await suite.executionsWhen(receiver.draft.id, ways.length);
		const items = await handedOn(suite, receiver);
		expect(items.map(({ request_id }) => request_id).sort()).toEqual(ids);
	});

	it('is the raw item but for a signing secret, also when it comes before the invoke was answered', async () => {
		suite.emulator.set({ callbackBeforeAnswer: true });
		const receiver = await publishedReceiver(suite, { parameters: { output: 'raw' } });
		const { attempts } = await calledBack(suite, receiver);
		await onlyExecution(suite, receiver);
		const secret = suite.emulator.secretOf('summarise-topic');
		const event = { ...COMPLETED, request_id: 'req_secret' };
		const data = { output: 'honey', webhook_secret: secret };
		expect((await send(receiver, { ...event, webhook_secret: secret, data })).status).toBe(200);
		await suite.executionsWhen(receiver.draft.id, 2);
		expect(await handedOn(suite, receiver)).toEqual([
			JSON.parse(attempts[0].rawBody),
			{ ...event, data: { output: 'honey' } },
		]);
	});

	it('starts nothing where its event is not wanted', async () => {
		const receiver = await publishedReceiver(suite, {
			deployment: 'fails-run',
			parameters: { triggerOn: ['failed'] },
		});
		const { requestId } = await calledBack(suite, receiver, 'fails-run');
		const body = { ...COMPLETED, request_id: 'req_unwanted' };
		const answer = await suite.emulator.deliver(requestId, { body });
		expect(answer).toEqual({ status: 200, body: '{"received":true,"ignored":true}' });
		expect(triggered(await onlyExecution(suite, receiver))).toMatchObject([
			{ run_status: 'failed', request_id: requestId },
		]);
	});
});

/** A signature that was right ten minutes ago. */
function staleSignature(rawBody: string): string {
	const seconds = Math.floor(Date.now() / 1000) - 600;
	const key = suite.emulator.secretOf('summarise-topic');
	const digest = createHmac('sha256', key).update(`${seconds}.${rawBody}`).digest('hex');
	return `t=${seconds},v1=${digest}`;
}

describe('a callback that starts nothing', () => {
	it('is one that cannot be trusted: all get the same answer, and the log says why', async () => {
		const receiver = await publishedReceiver(suite);
		const { rawBody, requestId } = await undelivered();
		const signature = (value: string) => ({ headers: { 'X-Fetch-Hive-Signature': value } });
		const forgeries: Array<[Parameters<typeof suite.emulator.deliver>[1], RegExp]> = [
			[{ switches: { callbackTamper: 'body' } }, /does not match/],
			[{ switches: { callbackTamper: 'signature' } }, /does not match/],
			[{ switches: { callbackTamper: 'unsigned' } }, /missing/],
			[signature(staleSignature(rawBody)), /timestamp/],
			[signature('nonsense'), /malformed/],
		];
		for (const [overrides, reason] of forgeries) {
			const warning = await warningOf(async () => {
				const answer = await suite.emulator.deliver(requestId, { url: receiver.url, ...overrides });
				expect(answer).toEqual(INVALID_SIGNATURE);
			});
			expect(warning).toMatch(reason);
			expect(JSON.parse(warning)).toMatchObject({ level: 'warn' });
			expect(warning).toMatch(/Fetch Hive Trigger\\", workflow \w+/);
		}
		await expectOnlyGenuine(suite, receiver, requestId);
	});

	it('is one that is no use, be it n8n that refuses it', async () => {
		const receiver = await publishedReceiver(suite);
		const { requestId } = await undelivered();
		for (const [body, contentType, status] of [
			['[]', 'application/json', 400],
			['', 'application/json', 400],
			['All done.', 'text/plain', 400],
			['{', 'application/octet-stream', 400],
			// Broken JSON, and more than n8n takes.
			['{', 'application/json', 422],
			[`{"a":"${'b'.repeat(MEBIBYTE)}"}`, 'application/json', 500],
		] as const) {
			const headers = { 'Content-Type': contentType };
			const answer = await suite.emulator.deliver(requestId, { url: receiver.url, body, headers });
			expect([body.slice(0, 10), contentType, answer.status]).toEqual([
				...[body.slice(0, 10), contentType, status],
			]);
		}
		await expectOnlyGenuine(suite, receiver, requestId);
	});

	it('is one whose address leads nowhere: nobody listens, or the workflow is not published or deleted', async () => {
		const receiver = await receiverFor(suite);
		const { draft, testUrl, url } = receiver;
		await suite.save(draft);
		const { requestId, statuses } = await calledBack(suite, receiver);
		expect(statuses).toEqual([404]);
		await suite.publish(draft);
		expect((await suite.emulator.deliver(requestId, { url: testUrl })).status).toBe(404);
		await expectOnlyGenuine(suite, receiver, requestId);
		for (const change of [
			async () => await suite.unpublish(draft),
			async () => await suite.publish(draft).then(async () => await suite.remove(draft)),
		]) {
			await change();
			// n8n takes the address away a moment later; until then an unsigned call is answered by the trigger.
			await suite.eventually('the address is gone', async () => {
				return (await fetch(url, { method: 'POST' })).status === 404 || undefined;
			});
			const before = await suite.lastExecutionIds();
			expect((await suite.emulator.deliver(requestId, { url })).status).toBe(404);
			// Whatever it had started would be saved by the time that this one's execution is.
			await expectOnlyGenuine(suite, await publishedReceiver(suite), requestId);
			const after = await suite.lastExecutionIds();
			expect(after.filter((id) => !before.includes(id))).toHaveLength(1);
		}
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

describe('copies of callbacks', () => {
	it('that arrive at once, among those of other runs, run the later node once for each run', async () => {
		const receiver = await publishedReceiver(suite);
		const runs = [
			...['req_1', 'req_2', 'req_3'].map((request_id) => ({ request_id })),
			...['run_1', 'run_2'].map((run_id) => ({ run_id })),
		];
		const sendAll = async (copies: number) => {
			const bodies = runs.flatMap((run) => Array(copies).fill({ ...COMPLETED, ...run }));
			const answers = await Promise.all(bodies.map(async (body) => await send(receiver, body)));
			const taken = { status: 200, body: { received: true } };
			expect(answers).toEqual(bodies.map(() => taken));
		};
		const expectOnceEach = async () => {
			const items = await handedOn(suite, receiver);
			const ids = items.map(({ request_id, run_id }) => request_id ?? run_id);
			expect(ids.sort()).toEqual(['req_1', 'req_2', 'req_3', 'run_1', 'run_2']);
			expect(JSON.stringify(items)).not.toContain('copyKey');
		};
		await sendAll(8);
		await suite.executionsWhen(receiver.draft.id, runs.length);
		await expectOnceEach();
		const executions = await suite.eventually('an execution of a late copy', async () => {
			await sendAll(1);
			const all = await suite.executions(receiver.draft.id);
			return all.length > runs.length ? all : undefined;
		});
		expect(new Set(executions.map(({ status }) => status))).toEqual(new Set(['success']));
		expect(triggered(executions.at(-1)!)).toEqual([]);
		await expectOnceEach();
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
