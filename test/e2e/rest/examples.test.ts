import type { IBinaryData, IDataObject } from 'n8n-workflow';

import { exampleNames, prepareExample, readExample } from '../../../playground/n8n/examples';
import { isN8n1, isOlderN8n } from '../harness/setting';
import { saveModelCredential } from './agentWorkflow';
import type { Stub } from './stubs';
import { StreamReader } from './streamReader';
import { startMailServer, startModel, startStub } from './stubs';
import type { SavedExecution } from './suite';
import { itemsOf, itLeaksNothing, jsonOf, startSuite } from './suite';
import { untilWaiting } from './waiting';
import type { CredentialReference, WorkflowDraft } from './workflows';
import { chain, connections, newWorkflowId, node } from './workflows';

const MANUAL = 'Manual Trigger';
const SCHEDULE = 'Every Morning';
/** Long enough for an execution to sleep before, and a callback that is too early all the same comes again. */
const LATE_CALLBACK = { callbackDelayMs: 1000, callbackRetries: 20, callbackRetryDelayMs: 200 };

const suite = startSuite();
const tried: string[] = [];

/** Says which files of examples/ the tests of a block execute. */
function describeExamples(names: string[], tests: () => void): void {
	tried.push(...names);
	describe(`the example ${names.join(' with ')}`, tests);
}

/** An example as one would import it, with the credentials picked. */
async function imported(
	name: string,
	credentials: Record<string, CredentialReference> = {},
): Promise<WorkflowDraft> {
	const { fetchHiveApi } = suite.n8n.credentials;
	const example = prepareExample(await readExample(name), {
		credentials: { fetchHiveApi, ...credentials },
		host: suite.n8n.url,
	});
	return { ...(example as unknown as WorkflowDraft), id: newWorkflowId() };
}

/** A mail's text, with its long lines whole again. */
const decoded = (mail: string) => mail.replaceAll('=\n', '');

/** Executes an example by hand, to its end. */
async function executed(
	name: string,
	{
		trigger = MANUAL,
		credentials,
	}: { trigger?: string; credentials?: Parameters<typeof imported>[1] } = {},
): Promise<SavedExecution> {
	const execution = await suite.run(await imported(name, credentials), trigger);
	expect(execution).toMatchObject({ status: 'success' });
	return execution;
}

/** Executes an example whose execution sleeps on the way. */
async function sleptAndExecuted(
	name: string,
	credentials?: Parameters<typeof imported>[1],
): Promise<SavedExecution> {
	suite.emulator.set(LATE_CALLBACK);
	const draft = await imported(name, credentials);
	await suite.save(draft);
	const id = await suite.client.run(draft.id, MANUAL);
	await untilWaiting(suite, id);
	const execution = await suite.finished(id);
	expect(execution).toMatchObject({ status: 'success' });
	await suite.emulator.settled();
	expect(suite.emulator.callbacks.at(-1)).toMatchObject({
		url: expect.stringContaining(`/webhook-waiting/${id}/`),
		status: 200,
	});
	return execution;
}

const bodies = () => suite.emulator.requests.map(({ body }) => body as IDataObject);
const inputsAsked = () => bodies().map(({ inputs }) => inputs);
const runs = () => suite.emulator.runs;

describeExamples(['workflow-invoke'], () => {
	it('gives the output of the run as one item', async () => {
		const execution = await executed('workflow-invoke');
		expect(inputsAsked()).toEqual([{ topic: 'Honey bees' }]);
		const [{ requestId, output }] = runs();
		expect(jsonOf(execution, 'Invoke')).toEqual([
			{ request_id: requestId, run_status: 'completed', output },
		]);
	});
});

describeExamples(['workflow-invoke-async', 'fetch-hive-trigger'], () => {
	it('starts a run whose callback starts the other workflow, with the output', async () => {
		const signingSecret = suite.emulator.secretOf('summarise-topic');
		const secret = await suite.saveSecret('Secret', { signingSecret });
		const receiving = await imported('fetch-hive-trigger', { fetchHiveSigningSecretApi: secret });
		await suite.publish(receiving);
		const started = await executed('workflow-invoke-async');
		const [received] = await suite.executionsWhen(receiving.id, 1);
		const [{ requestId, output }] = runs();
		expect(jsonOf(started, 'Invoke Async')).toMatchObject([
			{ request_id: requestId, run_status: 'running' },
		]);
		expect(jsonOf(received, 'Use the Result')).toMatchObject([
			{ request_id: requestId, run_status: 'completed', output },
		]);
	});
});

describeExamples(['workflow-invoke-and-wait'], () => {
	it('sleeps until the callback and goes on with the output', async () => {
		const execution = await sleptAndExecuted('workflow-invoke-and-wait');
		const [{ requestId, output }] = runs();
		expect(jsonOf(execution, 'Use the Result')).toMatchObject([
			{ request_id: requestId, run_status: 'completed', output },
		]);
		expect(execution.resultData.runData).not.toHaveProperty(['Get Status']);
	});

	it('asks what became of the run when the time is up', async () => {
		await executed('workflow-invoke');
		const [{ requestId }] = runs();
		const timedOut = { json: { request_id: requestId, run_status: 'timed_out' } };
		const draft = await imported('workflow-invoke-and-wait');
		const execution = await suite.run(
			{ ...draft, pinData: { 'Invoke and Wait': [timedOut] } },
			MANUAL,
		);
		expect(jsonOf(execution, 'Get Status')).toMatchObject([
			{ request_id: requestId, run_status: 'completed', ended: true },
		]);
		expect(execution.resultData.runData).not.toHaveProperty(['Use the Result']);
	});
});

describeExamples(['many-items'], () => {
	it('gives the outputs to one branch and the failure, with its reason, to the other', async () => {
		const execution = await executed('many-items');
		expect(inputsAsked()).toHaveLength(3);
		expect(inputsAsked()).toEqual(
			expect.arrayContaining([
				{ topic: 'Honey bees' },
				{ topic: 'Solitary bees' },
				{ topic: 'Wasps' },
			]),
		);
		const results = jsonOf(execution, 'Results');
		expect(results.slice(0, 2)).toEqual([
			{ topic: 'Honey bees', output: runs()[0].output },
			{ topic: 'Solitary bees', output: runs()[1].output },
		]);
		// An older n8n leaves a failed item with details on the regular output.
		if (isOlderN8n()) {
			expect(results).toHaveLength(3);
			return;
		}
		expect(results).toHaveLength(2);
		expect(jsonOf(execution, 'Failures')).toEqual([
			{
				topic: 'Wasps',
				error:
					"Fetch Hive did not find the deployment 'no-such-deployment' with the variant 'production' in this account",
				details: expect.objectContaining({ status_code: 404, description: expect.any(String) }),
			},
		]);
	});
});

describeExamples(['download-assets'], () => {
	const fileOf = ({ fileName, fileSize }: Partial<IBinaryData> = {}) => ({ fileName, fileSize });

	/** Puts a node behind the last one that unpacks what it made. */
	const unpacking = (draft: WorkflowDraft): WorkflowDraft => {
		const parameters = {
			operation: 'decompress',
			binaryPropertyName: 'images',
			outputPrefix: 'file_',
		};
		const unpack = node('Unpack', 'n8n-nodes-base.compression', parameters, { typeVersion: 1.1 });
		return {
			...draft,
			nodes: [...draft.nodes, unpack],
			connections: { ...draft.connections, ...connections(chain('Pack the Images', 'Unpack')) },
		};
	};

	it('hands the images to a node that packs them into one file', async () => {
		const execution = await suite.run(unpacking(await imported('download-assets')), MANUAL);
		const [{ json, binary: images }] = itemsOf(execution, 'Invoke');
		const { assets } = json.output as { assets: IDataObject[] };
		expect(Object.values(images ?? {}).map(({ fileName }) => fileName)).toEqual(
			assets.map(({ file_name: name }) => name),
		);
		const [{ binary: packed }] = itemsOf(execution, 'Pack the Images');
		expect(packed).toMatchObject({ images: { fileName: 'images.zip' } });
		const [{ binary: unpacked }] = itemsOf(execution, 'Unpack');
		expect(unpacked).toMatchObject({
			file_0: { ...fileOf(images?.asset_0), mimeType: 'image/png' },
			file_1: { ...fileOf(images?.asset_1), mimeType: 'image/png' },
		});
	});
});

describeExamples(['prompt-invoke'], () => {
	it('gives what the model answered', async () => {
		const execution = await executed('prompt-invoke');
		const [{ requestId, output }] = runs();
		expect(inputsAsked()).toEqual([{ product: 'Lavender honey', tone: 'warmly' }]);
		expect(jsonOf(execution, 'Invoke')).toMatchObject([
			{ request_id: requestId, response: output },
		]);
	});
});

describeExamples(['agent-send-message'], () => {
	it('lets the agent remember the first message when it answers the second', async () => {
		const execution = await executed('agent-send-message');
		const thread_id = 'customer-42';
		expect(jsonOf(execution, 'Send Message')).toMatchObject([{ thread_id }]);
		expect(jsonOf(execution, 'Send Message Again')).toMatchObject([
			{
				thread_id,
				response: expect.stringContaining('My favourite flower is lavender'),
			},
		]);
	});
});

describeExamples(['streaming-chat'], () => {
	it('says the answer word by word to whoever chats, and remembers the chat', async () => {
		const draft = await imported('streaming-chat');
		await suite.publish(draft);
		const { webhookId } = draft.nodes.find(({ name }) => name === 'Chat Trigger')!;
		const say = async (chatInput: string) => {
			const message = { action: 'sendMessage', sessionId: 'session-7', chatInput };
			const url = `${suite.n8n.url}/webhook/${webhookId}/chat`;
			const reader = await StreamReader.post(url, message);
			await reader.readToEnd();
			return reader;
		};
		const { chunks, words } = await say('I like lavender');
		expect(chunks.filter(({ type }) => type === 'item')).toHaveLength(5);
		expect(words).toBe('You said: I like lavender.');
		expect((await say('And?')).words).toBe('You said: And?. Before that you said: I like lavender');
		const [, execution] = await suite.executionsWhen(draft.id, 2);
		expect(jsonOf(execution, 'Send Message')).toMatchObject([{ thread_id: 'session-7' }]);
	});
});

describeExamples(['hive-agent-invoke-and-wait'], () => {
	it('sleeps until the report comes and goes on with it', async () => {
		const execution = await sleptAndExecuted('hive-agent-invoke-and-wait');
		const [{ requestId, output }] = runs();
		expect(output).toContain('which flowers honey bees visit');
		expect(jsonOf(execution, 'Use the Report')).toMatchObject([
			{ request_id: requestId, run_status: 'completed', output },
		]);
	});
});

describeExamples(['scheduled-digest'], () => {
	const sectionsOf = (execution: SavedExecution) => {
		const items = jsonOf(execution, 'Write the Digest');
		expect(items).toHaveLength(1);
		const [title, ...sections] = String(items[0].digest).split(/\n\n(?=## )/);
		expect(title).toMatch(/^# Digest of \d{4}-\d\d-\d\d$/);
		return sections;
	};

	const outputOn = (topic: string) =>
		String(runs().find(({ inputs }) => inputs.topic === topic)?.output);

	it('makes one text of the outputs of all topics', async () => {
		const execution = await executed('scheduled-digest', { trigger: SCHEDULE });
		expect(sectionsOf(execution)).toEqual(
			['Honey bees', 'Solitary bees', 'Bumblebees'].map(
				(topic) => `## ${topic}\n\n${outputOn(topic)}`,
			),
		);
	});

	it('names a topic that failed and keeps the others', async () => {
		// A refusal that names a request is never sent again: something may have started.
		suite.emulator.set({ providerRateLimit: 1, refusalsNameRequest: true });
		const execution = await executed('scheduled-digest', { trigger: SCHEDULE });
		expect(sectionsOf(execution)).toEqual([
			expect.stringMatching(/^## Honey bees\n\nNo summary today: \S/),
			expect.stringContaining(outputOn('Solitary bees')),
			expect.stringContaining(outputOn('Bumblebees')),
		]);
	});

	it('can be published', async () => {
		await expect(suite.publish(await imported('scheduled-digest'))).resolves.toBeDefined();
	});
});

describeExamples(['sheet-rows'], () => {
	const rowsOf = (execution: SavedExecution) =>
		jsonOf(execution, 'Write the Result').map(({ topic, result, problem }) => ({
			topic,
			result,
			problem,
		}));

	(isN8n1() ? it.skip : it)(
		'writes each output into its row, or why there is none, and runs no row twice',
		async () => {
			// A refusal that names a request is never sent again: something may have started.
			suite.emulator.set({ providerRateLimit: 1, refusalsNameRequest: true });
			const execution = await executed('sheet-rows');
			const [{ output }] = runs();
			expect(rowsOf(execution)).toEqual([
				{ topic: 'Honey bees', result: null, problem: expect.stringMatching(/\S/) },
				{ topic: 'Solitary bees', result: output, problem: null },
			]);
			const again = await executed('sheet-rows');
			expect(jsonOf(again, 'Add the Rows')).toMatchObject(rowsOf(execution));
			expect(again.resultData.runData).not.toHaveProperty(['Invoke']);
			expect(runs()).toHaveLength(1);
		},
	);
});

describeExamples(['mail-the-result'], () => {
	const mailed = async () => {
		const server = await startMailServer();
		const { id, name } = await suite.client.saveCredential({
			name: 'SMTP',
			type: 'smtp',
			data: { host: '127.0.0.1', port: server.port, secure: false },
		});
		await executed('mail-the-result', { credentials: { smtp: { id, name } } }).finally(
			async () => await server.close(),
		);
		expect(server.mails).toHaveLength(1);
		return server.mails[0].join('\n');
	};

	it('mails the output', async () => {
		const mail = await mailed();
		expect(mail).toContain('To: team@example.com\nSubject: Result: Honey bees\n');
		expect(decoded(mail)).toContain(runs()[0].output);
	});

	it('mails why there is none', async () => {
		suite.emulator.set({ providerRateLimit: 1, refusalsNameRequest: true });
		const mail = await mailed();
		expect(mail).toContain('Subject: No result: Honey bees\n');
		expect(decoded(mail)).toContain('The model provider does not accept more requests');
	});
});

describeExamples(['ai-agent-tool'], () => {
	it('lets the AI Agent run the workflow with an input that the model chose', async () => {
		const chosen = { topic: 'solitary bees' };
		const model = await startModel(() => chosen);
		const openAiApi = await saveModelCredential(suite, model);
		const execution = await executed('ai-agent-tool', { credentials: { openAiApi } }).finally(
			async () => await model.close(),
		);
		expect(model.requests[0].body.tools).toMatchObject([
			{ function: { description: 'Summarises what is known about a topic in a few sentences' } },
		]);
		expect(inputsAsked()).toEqual([chosen]);
		expect(jsonOf(execution, 'AI Agent')).toEqual([
			{ output: expect.stringContaining(String(runs()[0].output)) },
		]);
	});
});

describeExamples(['ai-agent-waiting-tool'], () => {
	it('lets the AI Agent sleep until the callback, and read the output', async () => {
		const model = await startModel(() => ({ topic: 'solitary bees' }));
		const openAiApi = await saveModelCredential(suite, model);
		const execution = await sleptAndExecuted('ai-agent-waiting-tool', { openAiApi }).finally(
			async () => await model.close(),
		);
		expect(runs().map(({ inputs }) => inputs)).toEqual([{ topic: 'solitary bees' }]);
		expect(jsonOf(execution, 'AI Agent')).toEqual([
			{ output: expect.stringContaining(String(runs()[0].output)) },
		]);
	});
});

describeExamples(['ai-agent-approved-tool'], () => {
	/** Telegram, as far as n8n asks it; its messages hold the addresses of the buttons. */
	let telegram: Stub;
	let model: Stub;
	beforeEach(async () => {
		telegram = await startStub(() => ({ body: { ok: true, result: { message_id: 1 } } }));
		model = await startModel(() => ({
			toolParameters: { topic: 'solitary bees' },
			hitlParameters: {},
		}));
	});
	afterEach(async () => {
		await telegram.close();
		await model.close();
	});

	const started = async () => {
		const { id, name } = await suite.client.saveCredential({
			name: 'Telegram',
			type: 'telegramApi',
			data: { accessToken: 'any', baseUrl: telegram.url },
		});
		const draft = await imported('ai-agent-approved-tool', {
			openAiApi: await saveModelCredential(suite, model),
			telegramApi: { id, name },
		});
		await suite.save(draft);
		const executionId = await suite.client.run(draft.id, MANUAL);
		await untilWaiting(suite, executionId);
		expect(suite.emulator.requests).toEqual([]);
		return executionId;
	};

	const press = async (label: string) => {
		const [{ body }] = telegram.requests;
		const buttons = body.reply_markup.inline_keyboard.flat() as Array<Record<string, string>>;
		const button = buttons.find(({ text }) => text === label);
		// n8n answers what looks like a bot, and does nothing.
		const headers = {
			'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
		};
		const response = await fetch(String(button?.url), { headers });
		expect(response.status).toBe(200);
	};

	(isN8n1() ? it.skip : it)('starts the run after it was approved, and sleeps on', async () => {
		suite.emulator.set(LATE_CALLBACK);
		const id = await started();
		await press('Approve');
		const execution = await suite.finished(id);
		expect(execution).toMatchObject({ status: 'success' });
		expect(runs().map(({ inputs }) => inputs)).toEqual([{ topic: 'solitary bees' }]);
		expect(jsonOf(execution, 'AI Agent')).toEqual([
			{ output: expect.stringContaining(String(runs()[0].output)) },
		]);
	});

	(isN8n1() ? it.skip : it)('starts nothing when it was not', async () => {
		const id = await started();
		await press('Disapprove');
		expect(await suite.finished(id)).toMatchObject({ status: 'success' });
		expect(suite.emulator.requests).toEqual([]);
	});
});

describeExamples(['collect-many', 'collect-many-callbacks'], () => {
	/** The example with a shorter sleep, for a deployment, and with a deadline of its own when one is given. */
	const hurried = (draft: WorkflowDraft, deployment: string, deadline?: string): WorkflowDraft => {
		const changed = JSON.stringify(draft)
			.replace('"amount":2,"unit":"minutes"', '"amount":1,"unit":"seconds"')
			.replace('summarise-topic', deployment)
			.replace('hours: 24', deadline ?? 'hours: 24');
		return JSON.parse(changed) as WorkflowDraft;
	};

	const collecting = async (deployment: string, deadline?: string) => {
		const signingSecret = suite.emulator.secretOf(deployment);
		const secret = await suite.saveSecret('Secret', { signingSecret });
		await suite.publish(
			await imported('collect-many-callbacks', { fetchHiveSigningSecretApi: secret }),
		);
		const draft = hurried(await imported('collect-many'), deployment, deadline);
		await suite.save(draft);
		return await suite.client.run(draft.id, MANUAL);
	};

	const started = async () =>
		await suite.eventually('three runs', async () => (runs().length === 3 ? runs() : undefined));

	const collected = async (executionId: string) => {
		const execution = await suite.finished(executionId);
		expect(execution).toMatchObject({ status: 'success' });
		const results = jsonOf(execution, 'Use the Results');
		expect(results).toHaveLength(1);
		return results[0];
	};

	(isN8n1() ? it.skip : it)('goes on once, when all results are in', async () => {
		suite.emulator.set({ callbackDelayMs: 300 });
		const id = await collecting('summarise-topic');
		const { completed, failed, missing } = await collected(id);
		expect(completed).toEqual(
			runs().map(({ inputs, requestId, output }) =>
				expect.objectContaining({
					topic: inputs.topic,
					request_id: requestId,
					run_status: 'completed',
					output,
				}),
			),
		);
		expect([failed, missing]).toEqual([[], []]);
	});

	(isN8n1() ? it.skip : it)('lists what failed, and what is missing at the deadline', async () => {
		const id = await collecting('human-review', 'seconds: 10');
		const [first, second, third] = await started();
		await suite.emulator.approve(second.requestId);
		suite.emulator.set({ callbackEndStatus: 'failed' });
		await suite.emulator.approve(third.requestId);
		expect(await collected(id)).toMatchObject({
			completed: [{ request_id: second.requestId, topic: second.inputs.topic }],
			failed: [
				{
					request_id: third.requestId,
					run_status: 'failed',
					error_message: expect.stringMatching(/./),
				},
			],
			missing: [{ request_id: first.requestId, topic: first.inputs.topic }],
		});
	});
});

it('executes every file in examples/', () => {
	expect([...tried].sort()).toEqual(exampleNames());
});

itLeaksNothing(suite);
