import { randomUUID } from 'crypto';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { isNotFound } from '../../../playground/n8n/rest';
import { isN8n1 } from '../harness/setting';
import { fromAi, TOOL, toolNode } from './agentWorkflow';
import { callMcpTool } from './mcpClient';
import { jsonOf, startSuiteAlone } from './suite';
import type { Waiting } from './waiting';
import {
	completedBody,
	DEPLOYMENT,
	resumed,
	signedCall,
	startWaiting,
	statusOf,
	untilWaiting,
	waitingWorkflow,
	waitNode,
} from './waiting';
import type { WorkflowDraft } from './workflows';
import {
	chain,
	FETCH_HIVE,
	fetchHive,
	LATER,
	manualTrigger,
	node,
	START,
	textInputs,
	workflow,
} from './workflows';

const NO_OPERATION = 'n8n-nodes-base.noOp';
const KEPT_EXECUTIONS = 8;

const suite = startSuiteAlone('waitHosts', () => ({
	EXECUTIONS_DATA_PRUNE: 'true',
	EXECUTIONS_DATA_PRUNE_MAX_COUNT: String(KEPT_EXECUTIONS),
	// Minutes.
	EXECUTIONS_DATA_PRUNE_SOFT_DELETE_INTERVAL: '0.05',
}));

/** Sleeps while all other tests of this file go by, and n8n removes more executions than it keeps. */
let sleeper: Waiting;

beforeAll(async () => {
	// n8n may remove it as soon as it has ended: that it went on is seen by the run that it starts then.
	const tell = fetchHive(
		suite.n8n.credentials.fetchHiveApi,
		{ deployment: 'summarise-topic', ...textInputs({ topic: '={{ $json.output }}' }) },
		{ name: 'Tell' },
	);
	const draft = hosted('Sleeper', manualTrigger(), tell);
	await suite.save(draft);
	await suite.client.run(draft.id, START);
	sleeper = await sleeping(draft);
	suite.emulator.reset();
}, 60_000);

/** A trigger -> Invoke and Wait -> Later -> more. */
function hosted(name: string, start: INode, ...more: INode[]): WorkflowDraft {
	const nodes = [start, waitNode(suite, {}), node(LATER, NO_OPERATION), ...more];
	return workflow(name, nodes, chain(...nodes.map((each) => each.name)));
}

/** The execution of a workflow that waits for the first run. */
async function sleeping(draft: WorkflowDraft): Promise<Waiting> {
	const run = await suite.eventually('a run', async () => suite.emulator.runs[0]);
	const executionId = await suite.eventually('its sleeping execution', async () => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: draft.id }));
		const { results } = await suite.client.call('GET', `/executions?filter=${filter}`);
		const waiting = results.find(({ status }: IDataObject) => status === 'waiting');
		return waiting?.id as string | undefined;
	});
	const { requestId, callbackUrl } = run;
	return { draft, executionId, requestId, resumeUrl: String(callbackUrl) };
}

const approvedItem = ({ requestId }: { requestId: string }) =>
	expect.objectContaining({ request_id: requestId, run_status: 'completed', output: 'Approved.' });

async function expectResumed(waiting: Waiting) {
	const { later, statuses } = await resumed(suite, waiting);
	expect(statuses).toEqual([200]);
	expect(later).toEqual([approvedItem(waiting)]);
}

const webhook = (path: string, responseMode: string) =>
	node(
		START,
		'n8n-nodes-base.webhook',
		{ httpMethod: 'POST', path, responseMode, options: {} },
		{ typeVersion: 2, webhookId: path },
	);

async function post(path: string, body: IDataObject = {}) {
	const response = await fetch(`${suite.n8n.url}${path}`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
	return { status: response.status, body: await response.text() };
}

describe('an execution sleeps and is woken', () => {
	it('that a schedule has started, though its workflow is not active any more', async () => {
		const parameters = { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } };
		const type = 'n8n-nodes-base.scheduleTrigger';
		const draft = hosted('Schedule', node(START, type, parameters, { typeVersion: 1.2 }));
		await suite.publish(draft);
		const waiting = await sleeping(draft);
		await suite.client.call('POST', `/workflows/${draft.id}/deactivate`, {});
		await expectResumed(waiting);
	});

	it('of a webhook: Respond to Webhook answers the caller after the wait', async () => {
		const respond = node(
			'Respond',
			'n8n-nodes-base.respondToWebhook',
			{ respondWith: 'firstIncomingItem', options: {} },
			{ typeVersion: 1.1 },
		);
		const draft = hosted('Respond later', webhook('respond', 'responseNode'), respond);
		await suite.publish(draft);
		const called = post('/webhook/respond');
		const waiting = await sleeping(draft);
		await expectResumed(waiting);
		const { status, body } = await called;
		expect(status).toBe(200);
		expect(JSON.parse(body)).toEqual(approvedItem(waiting));
	});

	it.each([
		['webhook that responds immediately', 'onReceived', 'started'],
		['webhook that responds when the last node finishes', 'lastNode', '"run_status":"waiting"'],
	])('of a %s: the caller is answered at once', async (_what, mode, answer) => {
		const draft = hosted(mode, webhook(mode, mode));
		await suite.publish(draft);
		const { status, body } = await post(`/webhook/${mode}`);
		expect({ status, body }).toEqual({ status: 200, body: expect.stringContaining(answer) });
		await expectResumed(await sleeping(draft));
	});

	it.each([
		['lastNode', '"run_status":"waiting"'],
		['responseNodes', '"executionStarted":true'],
	])('of a chat (%s): the caller is answered at once', async (responseMode, answer) => {
		const webhookId = randomUUID();
		const parameters = { public: true, mode: 'webhook', options: { responseMode } };
		const type = '@n8n/n8n-nodes-langchain.chatTrigger';
		const draft = hosted('Chat', node(START, type, parameters, { typeVersion: 1.1, webhookId }));
		await suite.publish(draft);
		const message = { action: 'sendMessage', sessionId: 'any', chatInput: 'Hello' };
		const { status, body } = await post(`/webhook/${webhookId}/chat`, message);
		expect({ status, body }).toEqual({ status: 200, body: expect.stringContaining(answer) });
		await expectResumed(await sleeping(draft));
	});

	it('between two pages of a form', async () => {
		const webhookId = randomUUID();
		const form = node(
			START,
			'n8n-nodes-base.formTrigger',
			{
				formTitle: 'Ask',
				formFields: { values: [{ fieldLabel: 'topic' }] },
				responseMode: 'lastNode',
			},
			{ typeVersion: 2.2, webhookId },
		);
		const page = node(
			'Page',
			'n8n-nodes-base.form',
			{ operation: 'completion', completionTitle: '=It says: {{ $json.output }}', options: {} },
			{ webhookId: randomUUID() },
		);
		const draft = hosted('Form', form, page);
		await suite.publish(draft);
		const body = new FormData();
		body.set('field-0', 'bees');
		const submitted = await fetch(`${suite.n8n.url}/form/${webhookId}`, { method: 'POST', body });
		const { formWaitingUrl } = (await submitted.json()) as { formWaitingUrl: string };
		const waiting = await sleeping(draft);
		const pageText = async () =>
			await fetch(formWaitingUrl, { signal: AbortSignal.timeout(2_000) })
				.then(async (page) => await page.text())
				// n8n may leave it open while the execution goes on.
				.catch(() => '');
		expect(await pageText()).not.toContain('It says');
		expect(await statusOf(suite, waiting.executionId)).toBe('waiting');
		await suite.emulator.approve(waiting.requestId);
		await suite.eventually('the last page', async () =>
			(await pageText()).includes('It says: Approved.') ? true : undefined,
		);
		await suite.client.call('POST', `/executions/${waiting.executionId}/stop`, {}).catch(() => {});
	});

	it('of an error workflow', async () => {
		const handler = hosted('Handler', node(START, 'n8n-nodes-base.errorTrigger'));
		const { id: errorWorkflow } = await suite.publish(handler);
		const stop = node('Stop', 'n8n-nodes-base.stopAndError', { errorMessage: 'On purpose' });
		const failing = workflow('Fails', [webhook('fails', 'onReceived'), stop], chain(START, 'Stop'));
		failing.settings = { ...failing.settings, errorWorkflow };
		await suite.publish(failing);
		await post('/webhook/fails');
		await expectResumed(await sleeping({ ...handler, id: errorWorkflow }));
	});

	it.each([
		['by hand', { saveManualExecutions: false }],
		['on success', { saveManualExecutions: false, saveDataSuccessExecution: 'none' }],
	])('whose workflow is not saved %s: it is until it has ended', async (_what, settings) => {
		const draft = waitingWorkflow(suite);
		draft.settings = { ...draft.settings, ...settings };
		await suite.save(draft);
		const executionId = await suite.client.run(draft.id, START);
		await untilWaiting(suite, executionId);
		const attempts = await suite.emulator.approve(suite.emulator.runs[0].requestId);
		expect(attempts.map(({ status }) => status)).toEqual([200]);
		const end = await suite.eventually('its end', async () => {
			const status = await statusOf(suite, executionId).catch((error: unknown) => {
				if (isNotFound(error)) return 'removed';
				throw error;
			});
			return ['waiting', 'running'].includes(status) ? undefined : status;
		});
		expect(['success', 'removed']).toContain(end);
	});
});

describe('what is changed while an execution sleeps', () => {
	it('does not reach it: a workflow that is renamed, edited, or has lost the node', async () => {
		const waiting = await startWaiting(suite);
		const { draft } = waiting;
		const start = draft.nodes.filter(({ name }) => name === START);
		await suite.save({ ...draft, name: 'Renamed', nodes: start, connections: {} });
		await expectResumed(waiting);
	});

	it('keeps it asleep: the credential was deleted. The log says so', async () => {
		const { apiKey, baseUrl } = suite.emulator;
		const { id, name } = await suite.client.saveCredential({
			name: 'Short-lived',
			type: 'fetchHiveApi',
			data: { apiKey, baseUrl },
		});
		const credentials = { fetchHiveApi: { id, name } };
		const { executionId, requestId } = await startWaiting(suite, {}, { credentials });
		await suite.client.call('DELETE', `/credentials/${id}`);
		const [{ status }] = await suite.emulator.approve(requestId);
		expect(status).toBe(500);
		expect(await statusOf(suite, executionId)).toBe('waiting');
		expect(await suite.n8n.log()).toMatch(
			/refused a callback: .*credential 'Short-lived' cannot be read: Credential with ID/,
		);
		await suite.client.call('POST', `/executions/${executionId}/stop`, {});
	});
});

/** A workflow that calls another one, which waits, for two items; that one is published. */
async function parentOf(child: WorkflowDraft, mode: 'each' | 'once', loops: boolean) {
	const { id } = await suite.publish(child);
	const call = node(
		'Call',
		'n8n-nodes-base.executeWorkflow',
		{ workflowId: { __rl: true, mode: 'id', value: id }, mode, options: {} },
		{ typeVersion: 1.2 },
	);
	const loop = node('Loop', 'n8n-nodes-base.splitInBatches', {}, { typeVersion: 3 });
	const arrows = loops
		? [
				...chain(START, 'Loop', LATER),
				{ from: 'Loop', to: 'Call', output: 1 },
				...chain('Call', 'Loop'),
			]
		: chain(START, 'Call', LATER);
	const items = ['bees', 'wasps'].map((topic) => ({ json: { topic } }));
	const nodes = [manualTrigger(), ...(loops ? [loop] : []), call, node(LATER, NO_OPERATION)];
	return workflow('Parent', nodes, arrows, { [START]: items });
}

describe('a sub-workflow that is called for each item', () => {
	const child = () => {
		const parameters = { inputSource: 'passthrough' };
		const type = 'n8n-nodes-base.executeWorkflowTrigger';
		return hosted('Child', node(START, type, parameters, { typeVersion: 1.1 }));
	};
	const idsOfRuns = () => suite.emulator.runs.map(({ requestId }) => requestId);

	it('by its node alone: n8n goes on after the first result, and the others do not reach the parent', async () => {
		const parent = await parentOf(child(), 'each', false);
		await suite.save(parent);
		const parentId = await suite.client.run(parent.id, START);
		await untilWaiting(suite, parentId);
		await suite.eventually('two runs', async () => suite.emulator.runs[1]);
		await suite.emulator.approve(idsOfRuns()[0]);
		const execution = await suite.finished(parentId);
		await suite.emulator.approve(idsOfRuns()[1]);
		expect(jsonOf(execution, LATER).map(({ request_id }) => request_id)).toEqual(
			isN8n1() ? [undefined, undefined] : idsOfRuns().slice(0, 1),
		);
	});

	it('by Loop Over Items: each result reaches the parent', async () => {
		suite.emulator.set({ humanApproves: true, callbackDelayMs: 500 });
		const execution = await suite.run(await parentOf(child(), 'once', true));
		expect(idsOfRuns()).toHaveLength(2);
		expect(jsonOf(execution, LATER).map(({ request_id }) => request_id)).toEqual(
			isN8n1() ? [undefined, undefined] : idsOfRuns(),
		);
	});
});

describe('nothing is started', () => {
	it('where the output of the node is pinned', async () => {
		const draft = waitingWorkflow(suite);
		draft.pinData = { ...draft.pinData, [FETCH_HIVE]: [{ json: { pinned: true } }] };
		expect(jsonOf(await suite.run(draft), LATER)).toEqual([{ pinned: true }]);
		expect(suite.emulator.requests).toEqual([]);
	});

	it('for a client of an MCP Server Trigger, which is told why', async () => {
		const parameters: INodeParameters = {
			operation: 'invokeAndWait',
			deployment: DEPLOYMENT,
			...textInputs({ topic: fromAi('topic', 'string') }),
		};
		const type = '@n8n/n8n-nodes-langchain.mcpTrigger';
		const server = node(START, type, { path: 'tools' }, { typeVersion: 2, webhookId: 'tools' });
		const draft = workflow(
			'MCP',
			[server, toolNode(suite, parameters)],
			[{ from: TOOL, to: START, type: 'ai_tool' }],
		);
		await suite.publish(draft);
		const said = await callMcpTool(`${suite.n8n.url}/mcp/tools`, TOOL, { topic: 'bees' });
		expect(said).toContain('was not started');
		expect(suite.emulator.requests).toEqual([]);
	});
});

describe('executions that are removed while it sleeps', () => {
	it('do not take it with them', async () => {
		await suite.eventually('the oldest are removed', async () => {
			const { results } = await suite.client.call('GET', '/executions?limit=100');
			const statuses: string[] = results.map(({ status }: IDataObject) => status);
			const ended = statuses.filter((status) => !['running', 'waiting'].includes(status));
			return ended.length <= KEPT_EXECUTIONS ? true : undefined;
		});
		const body = completedBody(sleeper.requestId);
		expect((await signedCall(suite, sleeper.resumeUrl, body)).status).toBe(200);
		const [told] = await suite.eventually('what it does next', async () =>
			suite.emulator.runs.length > 0 ? suite.emulator.runs : undefined,
		);
		expect(told.inputs).toEqual({ topic: 'Approved.' });
	});
});
