import { randomUUID } from 'crypto';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { failedItems } from './manualRun';
import { StreamReader } from './streamReader';
import { itLeaksNothing, jsonOf, startSuite } from './suite';
import type { WorkflowDraft } from './workflows';
import { actionWorkflow, fetchHive, FETCH_HIVE, LATER, node, START } from './workflows';

const suite = startSuite();

const AGENT = {
	resource: 'agent',
	agentId: 'agent_assistant',
	message: '={{ $json.body.message }}',
};
const SAID = 'You said: Grüße an die 🐝.';
const MESSAGE = { message: 'Grüße an die 🐝' };

const webhook = (responseMode: string) => {
	const path = randomUUID();
	const parameters = { httpMethod: 'POST', path, responseMode, options: {} };
	return node(START, 'n8n-nodes-base.webhook', parameters, { typeVersion: 2.1, webhookId: path });
};

const chatTrigger = () =>
	node(
		START,
		'@n8n/n8n-nodes-langchain.chatTrigger',
		{ public: true, mode: 'hostedChat', options: { responseMode: 'streaming' } },
		{ typeVersion: 1.3, webhookId: randomUUID() },
	);

async function published(start: INode, parameters: INodeParameters, more: Partial<INode> = {}) {
	const { fetchHiveApi } = suite.n8n.credentials;
	const draft = actionWorkflow('Streams', start, fetchHive(fetchHiveApi, parameters, more));
	await suite.publish({ ...draft, pinData: {} });
	return draft;
}

/** The address of the trigger that starts a workflow. */
function urlOf({ nodes }: WorkflowDraft): string {
	const [{ type, webhookId }] = nodes;
	return `${suite.n8n.url}/webhook/${webhookId}${type.endsWith('chatTrigger') ? '/chat' : ''}`;
}

const onlyExecution = async (draft: WorkflowDraft) => (await suite.executionsWhen(draft.id, 1))[0];
const bodies = () => suite.emulator.requests.map(({ body }) => body as IDataObject);

describe.each([
	['a Webhook whose response mode is Streaming', () => webhook('streaming'), AGENT, MESSAGE],
	[
		'a Chat Trigger whose response mode is Streaming',
		chatTrigger,
		{ ...AGENT, message: '={{ $json.chatInput }}' },
		{ action: 'sendMessage', sessionId: 'session-7', chatInput: MESSAGE.message },
	],
])('an execution that was started by %s', (_trigger, start, parameters, body) => {
	it('streams an answer before the run is over, and has all of it on the item', async () => {
		const draft = await published(start(), parameters);
		suite.emulator.set({ streamHeld: true });
		const reader = await StreamReader.post(urlOf(draft), body);
		await reader.readTo('You ');
		expect(reader.words).toBe('You ');
		await suite.eventually('a held stream', async () => suite.emulator.heldStreams() || undefined);
		suite.emulator.releaseStreams();
		await reader.readToEnd();

		const ofNode = reader.chunks.filter(({ metadata }) => metadata.nodeName === FETCH_HIVE);
		expect(ofNode.map(({ type }) => type)).toEqual([
			'begin',
			...Array.from({ length: 6 }, () => 'item'),
			'end',
		]);
		expect(reader.words).toBe(SAID);
		expect(bodies()).toMatchObject([{ message: MESSAGE.message, streaming: true }]);
		expect(jsonOf(await onlyExecution(draft), LATER)).toMatchObject([
			{
				request_id: suite.emulator.runs[0].requestId,
				response: SAID,
				model: expect.any(String),
				usage: expect.any(Object),
			},
		]);
	});
});

describe('a stream that breaks', () => {
	beforeEach(() => suite.emulator.set({ streamFault: 'cut_off' }));

	it('tells its reader, sends nothing twice and saves what had come', async () => {
		const draft = await published(webhook('streaming'), AGENT, { retryOnFail: true });
		const reader = await StreamReader.post(urlOf(draft), MESSAGE);
		await reader.readToEnd();
		expect(reader.words).toBe('You said: Grüße an die ');
		expect(reader.chunks.slice(-2)).toMatchObject([
			{ type: 'end' },
			{ type: 'error', content: expect.stringContaining('not sent again') },
		]);
		const execution = await onlyExecution(draft);
		expect(execution).toMatchObject({ status: 'error' });
		expect(JSON.stringify(execution.resultData.error)).toContain('You said: Grüße an die ');
		expect(suite.emulator.requests).toHaveLength(1);
	});

	it('goes to the error output with what had come, where that is wanted', async () => {
		const draft = await published(webhook('streaming'), AGENT, { onError: 'continueErrorOutput' });
		const reader = await StreamReader.post(urlOf(draft), MESSAGE);
		await reader.readToEnd();
		expect(reader.chunks.at(-1)).toMatchObject({ type: 'error' });
		expect(failedItems(await onlyExecution(draft))).toMatchObject([
			{
				error: 'The connection to Fetch Hive broke before its answer was complete',
				details: { partial_response: 'You said: Grüße an die ' },
			},
		]);
	});
});

it('has the whole answer on the item also where its reader goes away meanwhile', async () => {
	const draft = await published(webhook('streaming'), AGENT);
	suite.emulator.set({ streamHeld: true });
	const reader = await StreamReader.post(urlOf(draft), MESSAGE);
	await reader.readTo('You ');
	await reader.leave();
	await suite.eventually('a held stream', async () => suite.emulator.heldStreams() || undefined);
	suite.emulator.releaseStreams();
	const execution = await onlyExecution(draft);
	expect(execution).toMatchObject({ status: 'success' });
	expect(jsonOf(execution, LATER)).toMatchObject([{ response: SAID }]);
});

it('closes the connection to Fetch Hive when the execution is stopped while it streams', async () => {
	const draft = await published(webhook('streaming'), AGENT);
	suite.emulator.set({ streamHeld: true });
	const reader = await StreamReader.post(urlOf(draft), MESSAGE);
	await reader.readTo('You ');
	const filter = encodeURIComponent(JSON.stringify({ workflowId: draft.id }));
	const { results } = await suite.client.call('GET', `/executions?filter=${filter}`);
	await suite.client.call('POST', `/executions/${results[0].id}/stop`, {});
	await suite.eventually('a closed connection', async () =>
		suite.emulator.requests[0].isCutOff ? true : undefined,
	);
	expect(suite.emulator.requests).toHaveLength(1);
});

it.each<[string, string, INodeParameters]>([
	['a Webhook that answers at the end', 'lastNode', {}],
	['a streaming Webhook, with the option off', 'streaming', { enableStreaming: false }],
])('waits for the whole answer where it was started by %s', async (_case, mode, options) => {
	const draft = await published(webhook(mode), { ...AGENT, options });
	const reader = await StreamReader.post(urlOf(draft), MESSAGE);
	await reader.readToEnd();
	expect(reader.words).toBe('');
	expect(bodies()).toMatchObject([{ streaming: false }]);
	expect(jsonOf(await onlyExecution(draft), LATER)).toMatchObject([{ response: SAID }]);
});

itLeaksNothing(suite);
