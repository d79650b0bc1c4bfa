import { createHmac, randomUUID } from 'crypto';
import { DataDeduplicationService } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';

import type { Emulator } from '../../playground/emulator';
import { startEmulator } from '../../playground/emulator';
import type { CallbackServer } from './callbackServer';
import { startCallbackServer } from './callbackServer';
import { MemoryCredentialsHelper } from './credentialsHelper';
import { MemoryDeduplicator } from './deduplicator';
import { LeakCheck } from './leaks';
import type { TriggerAnswer, TriggerSetup } from './triggerWebhook';
import { callTrigger, itemsOf, runStarted } from './triggerWebhook';
import { bodyReads } from './webhookCall';

const leaks = new LeakCheck();
const store = new MemoryDeduplicator();
let emulator: Emulator;
let server: CallbackServer;
let setup: TriggerSetup;
let answers: TriggerAnswer[];

beforeAll(async () => {
	await DataDeduplicationService.init(store);
	emulator = await startEmulator({ switches: { callbackDelayMs: 0 } });
	server = await startCallbackServer(async (received) => {
		const answer = await callTrigger(setup, received);
		answers.push(leaks.keep(answer));
		return answer;
	});
});
beforeEach(() => {
	leaks.watchLogs();
	store.clear();
	answers = [];
	setup = { credential: { signingSecret: emulator.secretOf('summarise-topic') } };
});
afterEach(() => {
	jest.restoreAllMocks();
	leaks.expectNone(emulator);
	emulator.reset();
});
afterAll(async () => {
	await emulator.close();
	await server.close();
});

/** Starts a run whose callback goes to the trigger, and waits for every attempt to be answered. */
async function callbackOf(deployment = 'summarise-topic') {
	const response = await fetch(`${emulator.baseUrl}/workflow/invoke`, {
		method: 'POST',
		headers: {
			Authorization: `Bearer ${emulator.apiKey}`,
			'Content-Type': 'application/json',
		},
		body: JSON.stringify({
			deployment,
			variant: 'production',
			async: { enabled: true, callback_url: server.url },
			inputs: deployment === 'summarise-topic' ? { topic: 'bees' } : {},
		}),
	});
	const { request_id: requestId } = (await response.json()) as { request_id: string };
	await emulator.waitForCallback(requestId);
	return requestId;
}

/** Calls the trigger with a body and headers of one's own. */
async function post(body: string | Buffer, headers: Record<string, string>) {
	const response = await fetch(server.url, { method: 'POST', body, headers });
	return { status: response.status, body: (await response.json()) as unknown };
}

/** Calls it with a body that a deployment has signed. */
async function send(content: IDataObject | string, deployment = 'summarise-topic') {
	const body = typeof content === 'string' ? content : JSON.stringify(content);
	return await post(body, emulator.sign(deployment, body));
}

const started = () => answers.flatMap(({ items }) => items ?? []);

describe('a genuine callback', () => {
	it('starts an execution with the simplified item and is answered at once', async () => {
		const requestId = await callbackOf();
		expect(answers).toEqual([
			{
				status: 200,
				body: { received: true },
				items: [
					{
						event_type: 'workflow.completed',
						run_status: 'completed',
						request_id: requestId,
						output: expect.stringContaining('bees'),
					},
				],
				copyKeys: [expect.any(String)],
			},
		]);
	});

	it.each(
		(['hex', 'HEX', 'base64'] as const).flatMap((signatureEncoding) =>
			(['', 'sha256=', 'v1='] as const).flatMap((signaturePrefix) =>
				[false, true].flatMap((signatureTimestamp) =>
					(['text', 'base64'] as const).map((signatureKey) => ({
						signatureEncoding,
						signaturePrefix,
						signatureTimestamp,
						signatureKey,
					})),
				),
			),
		),
	)('is accepted however Fetch Hive writes the signature: %j', async (switches) => {
		emulator.set(switches);
		await callbackOf();
		expect(answers).toMatchObject([{ status: 200 }]);
		expect(started()).toHaveLength(1);
	});

	it.each(['data.output', 'data.response', 'output'] as const)(
		'gives the output that stands in %s',
		async (callbackResultField) => {
			emulator.set({ callbackResultField });
			await callbackOf();
			expect(started()).toMatchObject([{ output: expect.stringContaining('bees') }]);
		},
	);

	it.each(['data.error', 'data.error.object', 'data.message', 'error'] as const)(
		'gives the error message that stands in %s',
		async (callbackErrorField) => {
			setup.credential = { signingSecret: emulator.secretOf('fails-run') };
			emulator.set({ callbackErrorField });
			await callbackOf('fails-run');
			expect(started()).toMatchObject([
				{ run_status: 'failed', error_message: 'Step 2 of the workflow failed.' },
			]);
		},
	);

	it.each(['completed', 'failed, completed'])(
		'is taken where an expression names the events as text: %s',
		async (triggerOn) => {
			setup.parameters = { triggerOn };
			await callbackOf();
			expect(started()).toHaveLength(1);
		},
	);

	it.each(['completed', 'failed', 'cancelled', 'expired'] as const)(
		'says that the run has %s',
		async (callbackEndStatus) => {
			emulator.set({ callbackEndStatus });
			await callbackOf();
			expect(started()).toMatchObject([{ run_status: callbackEndStatus }]);
		},
	);

	it('is accepted with the previous secret while a secret is being replaced', async () => {
		setup.credential = {
			signingSecret: 'a new one',
			previousSigningSecret: emulator.secretOf('summarise-topic'),
		};
		await callbackOf();
		expect(started()).toHaveLength(1);
	});

	it('is verified over the bytes that came, not over JSON that was written anew', async () => {
		const body =
			'{ "event_type":"workflow.completed" ,\r\n "request_id": "req_1", "data":{"output":"\\u00e9 \ud83d\udc1d"}}';
		const answer = await send(body);
		expect(answer).toEqual({ status: 200, body: { received: true } });
		expect(started()).toMatchObject([{ output: '\u00e9 \ud83d\udc1d' }]);
	});

	// n8n has read what it parses, for a node of version 2: JSON, text, a form's fields and XML.
	it.each([
		['application/json', 'already'],
		['application/json; charset=utf-8', 'already'],
		['text/plain', 'already'],
		['application/x-www-form-urlencoded', 'already'],
		['application/cloudevents+json', 'not yet'],
		['application/vnd.api+json', 'not yet'],
		['application/octet-stream', 'not yet'],
	] as const)(
		'is verified whatever its content type: %j, which n8n has read %s',
		async (callbackContentType, bodyRead) => {
			setup.bodyRead = bodyRead;
			emulator.set({ callbackContentType });
			await callbackOf();
			expect(started()).toMatchObject([{ output: expect.stringContaining('bees') }]);
		},
	);

	it('gives the body as it came when the output is raw', async () => {
		setup.parameters = { output: 'raw' };
		const requestId = await callbackOf();
		expect(started()).toEqual([
			{
				event_type: 'workflow.completed',
				request_id: requestId,
				data: { output: expect.any(String) },
			},
		]);
	});

	it('never brings a signing secret into the item', async () => {
		setup.parameters = { output: 'raw' };
		await send({
			event_type: 'workflow.completed',
			request_id: 'req_2',
			webhook_secret: emulator.secretOf('summarise-topic'),
			data: { output: 'a', webhook_secret: emulator.secretOf('summarise-topic') },
		});
		expect(started()).toEqual([
			{ event_type: 'workflow.completed', request_id: 'req_2', data: { output: 'a' } },
		]);
	});
});

describe('a callback that cannot be trusted', () => {
	const refusal = { status: 401, body: { message: 'Invalid signature' } };

	it.each(['body', 'signature', 'unsigned'] as const)(
		'is refused without an execution: forged %s',
		async (callbackTamper) => {
			emulator.set({ callbackTamper });
			await callbackOf();
			expect(answers).toEqual([{ ...refusal, items: undefined }]);
		},
	);

	it('is refused when another deployment signed it', async () => {
		setup.credential = { signingSecret: emulator.secretOf('fails-run') };
		await callbackOf();
		expect(answers).toEqual([{ ...refusal, items: undefined }]);
	});

	const BLANK = "'Signing Secret' is blank";
	it.each([
		['there is no credential', undefined, 'no credential is chosen'],
		['the secret is blank', { signingSecret: ' ' }, BLANK],
		['the credential holds no secret', {}, BLANK],
	])('is refused when %s, and the log says so', async (_case, credential, complaint) => {
		setup.credential = credential;
		await callbackOf();
		expect(answers).toEqual([{ ...refusal, items: undefined }]);
		expect(leaks.logged()).toContain(`no usable signing secret (${complaint})`);
	});

	const short = (bytes: number) => `whsec_${Buffer.alloc(bytes, 'key').toString('base64')}`;
	it.each([
		['shorter than 16 characters', 'fifteen letters', 'is shorter than 16 characters'],
		['of a key shorter than 16 bytes', short(15), 'holds a key shorter than 16 bytes'],
	])('is refused although the secret has signed it: %s', async (_case, secret, complaint) => {
		setup.credential = { signingSecret: secret };
		const body = '{"event_type":"workflow.completed"}';
		for (const key of [secret, Buffer.alloc(15, 'key')]) {
			const signature = createHmac('sha256', key).update(body).digest('hex');
			expect(await post(body, { 'x-fetch-hive-signature': signature })).toEqual(refusal);
		}
		expect(started()).toEqual([]);
		expect(leaks.logged()).toContain(`no usable signing secret ('Signing Secret' ${complaint}`);
		expect(leaks.logged()).not.toContain(secret);
	});

	it('is refused although a previous secret that is too short has signed it, and the log says why', async () => {
		const signingSecret = emulator.secretOf('fails-run');
		setup.credential = { signingSecret, previousSigningSecret: short(12) };
		const body = '{"event_type":"workflow.completed"}';
		const signature = createHmac('sha256', short(12)).update(body).digest('hex');
		expect(await post(body, { 'x-fetch-hive-signature': signature })).toEqual(refusal);
		expect(started()).toEqual([]);
		expect(leaks.logged()).toContain(
			"signature does not match ('Previous Signing Secret' holds a key shorter than 16 bytes",
		);
	});

	it('gets the same answer whatever the reason', async () => {
		const body = '{"event_type":"workflow.completed"}';
		const headers: Array<Record<string, string>> = [
			{},
			{ 'x-fetch-hive-signature': 'nonsense' },
			{ 'x-fetch-hive-signature': `t=1,v1=${'0'.repeat(64)}` },
			{ 'x-fetch-hive-signature': '0'.repeat(64) },
		];
		for (const header of headers) expect(await post(body, header)).toEqual(refusal);
		expect(started()).toEqual([]);
	});
});

describe("the credential's secrets", () => {
	const reads = () => jest.spyOn(MemoryCredentialsHelper.prototype, 'getDecrypted');
	const body = JSON.stringify({ event_type: 'workflow.completed', data: { output: 'a' } });
	const genuine = async (deployment?: string) => (await send(body, deployment)).status;

	beforeEach(() => {
		setup.credentialId = randomUUID();
		setup.parameters = { options: { ignoreDuplicates: false } };
	});

	it('are read once for many callbacks', async () => {
		const credentialReads = reads();
		for (let call = 0; call < 20; call += 1) expect(await genuine()).toBe(200);
		expect(credentialReads).toHaveBeenCalledTimes(1);
		expect(started()).toHaveLength(20);
	});

	it('are read anew for a callback that a new one has signed', async () => {
		expect(await genuine()).toBe(200);
		setup.credential = { signingSecret: emulator.secretOf('fails-run') };
		expect(await genuine('fails-run')).toBe(200);
	});

	it('are read anew at most once a second for a flood of forged callbacks', async () => {
		await genuine();
		const credentialReads = reads();
		const now = performance.now();
		jest.spyOn(performance, 'now').mockReturnValue(now);
		const forged = { 'x-fetch-hive-signature': 'f'.repeat(64) };
		for (let call = 0; call < 20; call += 1) expect((await post(body, forged)).status).toBe(401);
		expect(credentialReads).toHaveBeenCalledTimes(1);
		expect(started()).toHaveLength(1);
	});

	it.each<[string, Partial<TriggerSetup>]>([
		['credential', { credentialId: 'another one' }],
		['node', { nodeId: 'another trigger' }],
		['workflow, as one that was copied', { workflowId: 'a copy' }],
	])('are never those of another %s', async (_case, changes) => {
		expect(await genuine()).toBe(200);
		Object.assign(setup, changes, { credential: { signingSecret: 'of another deployment' } });
		expect(await genuine()).toBe(401);
		expect(started()).toHaveLength(1);
	});

	it('are read once for callbacks that come at the same time', async () => {
		const credentialReads = reads();
		const statuses = await Promise.all(Array.from({ length: 20 }, async () => await genuine()));
		expect(new Set(statuses)).toEqual(new Set([200]));
		expect(credentialReads).toHaveBeenCalledTimes(1);
	});

	it('that were removed sign nothing after ten seconds', async () => {
		// Whole, so that ten seconds more are ten seconds exactly.
		const now = Math.ceil(performance.now());
		const clock = jest.spyOn(performance, 'now').mockReturnValue(now);
		expect(await genuine()).toBe(200);
		setup.credential = { signingSecret: emulator.secretOf('fails-run') };
		clock.mockReturnValue(now + 9_900);
		expect(await genuine()).toBe(200);
		clock.mockReturnValue(now + 10_000);
		expect(await genuine()).toBe(401);
	});

	it('are none any more for a trigger whose credential was taken away', async () => {
		expect(await genuine()).toBe(200);
		setup.credential = undefined;
		expect(await genuine()).toBe(401);
	});
});

describe('a signed callback that starts nothing', () => {
	it.each(['[]', '"text"', 'null', '', '{', '\u0000'])(
		'is answered 400 when its body is not a JSON object: %j',
		async (body) => {
			const answer = await send(body);
			expect(answer).toEqual({ status: 400, body: { message: 'Body is not a JSON object' } });
			expect(started()).toEqual([]);
		},
	);

	it.each([
		['workflow.completed', ['failed', 'other']],
		['workflow.failed', ['completed', 'other']],
		['workflow.cancelled', ['completed', 'other']],
		['workflow.expired', ['completed', 'other']],
		['agent.delegation.started', ['completed', 'failed']],
	])('is acknowledged when the workflow does not want %s', async (eventType, triggerOn) => {
		setup.parameters = { triggerOn };
		const answer = await send({ event_type: eventType, request_id: 'req_3' });
		expect(answer).toEqual({ status: 200, body: { received: true, ignored: true } });
		expect(started()).toEqual([]);
	});
});

describe('a callback that n8n cannot take', () => {
	it('is answered 500 and starts nothing when a parameter cannot be evaluated', async () => {
		setup.parameters = { triggerOn: '={{ nonsense( }}' };
		await callbackOf();
		expect(answers).toEqual([
			{ status: 500, body: { message: 'The callback could not be taken' }, items: undefined },
		]);
	});

	it('is answered 500 and starts nothing when an expression gives no list of events, and the log says so', async () => {
		setup.parameters = { triggerOn: '={{ ({ completed: true }) }}' };
		await callbackOf();
		expect(answers).toMatchObject([{ status: 500, items: undefined }]);
		expect(leaks.logged()).toContain("'Trigger On': an entry is not text");
	});

	describe('because its credential cannot be read, which only the user can mend', () => {
		const failure = { status: 500, body: { message: 'The callback could not be taken' } };
		const missing = () =>
			jest
				.spyOn(MemoryCredentialsHelper.prototype, 'getDecrypted')
				.mockRejectedValue(new Error('Credential with ID "7" does not exist'));

		it('is answered 500, so that it may come again, and the log names the credential', async () => {
			missing();
			await callbackOf();
			expect(answers).toEqual([{ ...failure, items: undefined }]);
			expect(leaks.logged()).toContain(
				"Fetch Hive Trigger refused a callback: it could not be taken: \"the credential 'Signing secret' cannot be read: Credential with ID",
			);
		});

		it('is taken when it comes again after that', async () => {
			const reading = missing();
			const requestId = await callbackOf();
			reading.mockRestore();
			await emulator.deliver(requestId);
			expect(answers).toMatchObject([{ status: 500 }, { status: 200 }]);
			expect(started()).toMatchObject([{ request_id: requestId }]);
		});

		it('does not make n8n look for it with each of many forged calls', async () => {
			setup.credentialId = randomUUID();
			const reading = missing();
			jest.spyOn(performance, 'now').mockReturnValue(performance.now());
			const forged = { 'x-fetch-hive-signature': 'f'.repeat(64) };
			for (let call = 0; call < 20; call += 1) expect(await post('{}', forged)).toEqual(failure);
			expect(reading).toHaveBeenCalledTimes(2);
		});
	});

	it('is answered 401 and starts nothing when its body cannot be read, because nobody can verify it', async () => {
		setup.bodyRead = 'broken';
		const readBefore = bodyReads.count;
		await callbackOf();
		expect(bodyReads.count).toBeGreaterThan(readBefore);
		expect(answers).toEqual([
			{ status: 401, body: { message: 'Invalid signature' }, items: undefined },
		]);
	});

	it.each([
		['unsigned', {}],
		['with a malformed signature', { 'x-fetch-hive-signature': 'none' }],
		['with too long a signature', { 'x-fetch-hive-signature': 'f'.repeat(5000) }],
		['signed an hour ago', { 'x-fetch-hive-signature': `t=1700000000,v1=${'f'.repeat(64)}` }],
	])('is answered 401 before its body or the credential is read: %s', async (_case, headers) => {
		setup.bodyRead = 'broken';
		const readBefore = bodyReads.count;
		const credentialReads = jest.spyOn(MemoryCredentialsHelper.prototype, 'getDecrypted');
		await post('{}', headers as Record<string, string>);
		expect(answers).toMatchObject([{ status: 401, items: undefined }]);
		expect(bodyReads.count).toBe(readBefore);
		expect(credentialReads).not.toHaveBeenCalled();
	});
});

describe('a trigger of several deployments', () => {
	const withMore = (...deployment: Array<{ label: string; signingSecret: string }>) => {
		setup.credential = { ...setup.credential, moreDeployments: { deployment } };
	};

	it.each(['simplified', 'raw'])(
		'takes the callbacks of each, and says in the simplified item whose secret has signed: %s',
		async (output) => {
			setup.parameters = { output };
			withMore(
				{ label: 'review', signingSecret: emulator.secretOf('human-review') },
				{ label: 'fails', signingSecret: emulator.secretOf('fails-run') },
			);
			const body = { event_type: 'workflow.completed', data: { output: `of ${output}` } };
			await send(body, 'fails-run');
			await send(`${JSON.stringify(body)} `);
			expect(answers.map(({ status }) => status)).toEqual([200, 200]);
			const [ofOther, ofFirst] = started();
			expect(ofOther.signed_by).toBe(output === 'raw' ? undefined : 'fails');
			expect(ofFirst).not.toHaveProperty('signed_by');
		},
	);

	it('refuses a callback that none of its secrets has signed', async () => {
		withMore({ label: 'review', signingSecret: emulator.secretOf('human-review') });
		await send({ event_type: 'workflow.completed' }, 'fails-run');
		expect(answers).toMatchObject([{ status: 401, items: undefined }]);
	});
});

describe('a genuine callback that holds a secret', () => {
	it.each(['simplified', 'raw'])('does not carry it into the %s item', async (output) => {
		const secret = emulator.secretOf('summarise-topic');
		setup.parameters = { output };
		const data = { output: `sign with ${secret}`, async: { key: secret }, form: output };
		await send({ event_type: 'workflow.completed', data });
		expect(JSON.stringify(started())).toContain('sign with ***');
		expect(JSON.stringify(started())).not.toContain(secret);
	});
});

describe('copies of a callback', () => {
	it('that arrive together start one execution, and all are acknowledged', async () => {
		emulator.set({ callbackDuplicates: 19 });
		await callbackOf();
		expect(answers.map(({ status, body }) => ({ status, body }))).toEqual(
			Array.from({ length: 20 }, () => ({ status: 200, body: { received: true } })),
		);
		expect(started()).toHaveLength(1);
	});

	it.each<[string, Partial<TriggerSetup>]>([
		['the option is off', { parameters: { options: { ignoreDuplicates: false } } }],
		['a test event is listened for', { mode: 'manual' }],
	])('all start an execution when %s', async (_case, changes) => {
		Object.assign(setup, changes);
		emulator.set({ callbackDuplicates: 2 });
		await callbackOf();
		expect(started()).toHaveLength(3);
	});

	it.each<[string, Partial<TriggerSetup>]>([
		['two triggers', { nodeId: 'another trigger' }],
		['a workflow and its copy, whose trigger has the same ID,', { workflowId: 'a copy' }],
	])('to %s start an execution of each', async (_case, other) => {
		const requestId = await callbackOf();
		Object.assign(setup, other);
		await emulator.deliver(requestId);
		expect(started()).toHaveLength(2);
	});

	it('that name no run are told by their content', async () => {
		for (const output of ['bees', 'bees', 'wasps']) {
			await send({ event_type: 'workflow.completed', data: { output } });
		}
		expect(started()).toMatchObject([{ output: 'bees' }, { output: 'wasps' }]);
	});

	it.each([
		['workflow.progress', 'step'],
		['agent.delegation.completed', 'delegation_id'],
	])(
		'of an event that comes several times in a run, %s, are told by their content',
		async (event_type, key) => {
			setup.parameters = { triggerOn: ['completed', 'other'] };
			for (const value of ['first', 'second', 'first']) {
				await send({ event_type, request_id: 'req_many', data: { [key]: value } });
			}
			expect(started()).toMatchObject([
				{ data: { [key]: 'first' } },
				{ data: { [key]: 'second' } },
			]);
		},
	);
});

describe('what only looks like a copy', () => {
	it.each(['simplified', 'raw'])(
		'starts an execution of each run, with an ID of whichever name and kind (%s)',
		async (output) => {
			setup.parameters = { output };
			const event = { event_type: 'workflow.completed', output: `approved ${output}` };
			const number = output.length;
			const ids = [
				...[{ run_id: `run_1_${output}` }, { run_id: `run_2_${output}` }],
				...[{ request_id: number }, { request_id: -number }],
			];
			for (const id of ids) await send({ ...event, ...id });
			// The same run in other bytes.
			for (const id of ids) await send({ ...id, ...event });
			expect(started()).toHaveLength(ids.length);
			for (const { items = [], copyKeys } of answers) {
				if (copyKeys === undefined) continue;
				for (const expected of [1, 0]) {
					const { itemsOf: handedOn } = await runStarted(setup, items, copyKeys);
					expect(itemsOf(handedOn('Fetch Hive Trigger'))).toEqual(items.slice(0, expected));
					expect(JSON.stringify(handedOn('Fetch Hive Trigger'))).not.toContain('copyKey');
				}
			}
		},
	);

	it('are the steps of a run, which start nothing by default and do not hide its end', async () => {
		const run = { request_id: 'req_steps' };
		for (const draft of [1, 2, 3]) {
			await send({ ...run, event_type: 'workflow.step.completed', data: { output: draft } });
		}
		await send({ ...run, event_type: 'workflow.completed', data: { output: 'the end' } });
		expect(started()).toMatchObject([{ run_status: 'completed', output: 'the end' }]);
	});

	it('is the next try of one that could not be taken because an expression failed', async () => {
		const body = { event_type: 'workflow.completed', request_id: 'req_again' };
		setup.parameters = { output: '={{ nonsense( }}' };
		await send(body);
		setup.parameters = {};
		await send(body);
		expect(answers).toMatchObject([{ status: 500, items: undefined }, { status: 200 }]);
		expect(started()).toMatchObject([{ request_id: 'req_again' }]);
	});
});

describe('the execution that a callback started', () => {
	let item: IDataObject;
	beforeEach(() => {
		item = { event_type: 'workflow.completed', request_id: 'req_4' };
	});

	const outputOf = async (callback = item) => {
		const { run, itemsOf: items } = leaks.keep(await runStarted(setup, [callback]));
		expect(run.status).toBe('success');
		return itemsOf(items('Fetch Hive Trigger'));
	};

	it("hands the item on when n8n's store of processed items does not work", async () => {
		store.isBroken = true;
		expect(await outputOf()).toEqual([item]);
		expect(await outputOf()).toEqual([item]);
	});

	it('ends at the trigger when an earlier one has seen the callback', async () => {
		expect(await outputOf()).toEqual([item]);
		expect(await outputOf()).toEqual([]);
	});

	it('ends at the trigger for the copy of a callback that names no run', async () => {
		const nameless: IDataObject = { event_type: item.event_type };
		for (const [output, expected] of [
			['bees', 1],
			['bees', 0],
			['wasps', 1],
		] as const) {
			expect(await outputOf({ ...nameless, output })).toHaveLength(expected);
		}
	});

	it('hands on each of the events that come several times in a run, and no copy of them', async () => {
		item.event_type = 'workflow.progress';
		for (const [step, expected] of [
			[1, 1],
			[2, 1],
			[1, 0],
		]) {
			expect(await outputOf({ ...item, data: { step } })).toHaveLength(expected);
		}
	});

	it('tells a copy by its run and event whatever the output is', async () => {
		expect(await outputOf()).toEqual([item]);
		setup.parameters = { output: 'raw' };
		expect(await outputOf()).toEqual([]);
		item.event_type = 'workflow.failed';
		expect(await outputOf()).toEqual([item]);
	});

	it('is told apart from those of other callbacks that run at the same time', async () => {
		const calls = jest.spyOn(store, 'checkProcessedAndRecord');
		const runs = await Promise.all(
			Array.from({ length: 40 }, async (_, index) => {
				return await outputOf({ ...item, request_id: `req_at_once_${index % 20}` });
			}),
		);
		const ids = runs.flat().map(({ request_id }) => request_id);
		expect([ids.length, new Set(ids).size]).toEqual([20, 20]);
		// What comes while the store is asked is asked together.
		expect(calls.mock.calls.length).toBeLessThan(20);
		calls.mockClear();
		for (let index = 0; index < 20; index += 1) {
			expect(await outputOf({ ...item, request_id: `req_at_once_${index}` })).toEqual([]);
		}
	});

	it("is handed on with all that run at the same time when n8n's store does not work", async () => {
		store.isBroken = true;
		const runs = await Promise.all(Array.from({ length: 10 }, async () => await outputOf()));
		expect(runs).toEqual(Array.from({ length: 10 }, () => [item]));
		store.isBroken = false;
		expect(await outputOf()).toEqual([item]);
	});

	it.each<[string, Partial<TriggerSetup>]>([
		['the option is off', { parameters: { options: { ignoreDuplicates: false } } }],
		['a test event is listened for', { mode: 'manual' }],
		['a user runs a failed execution again', { mode: 'retry' }],
	])('hands every copy on when %s', async (_case, changes) => {
		Object.assign(setup, changes);
		expect(await outputOf()).toEqual([item]);
		expect(await outputOf()).toEqual([item]);
	});
});
