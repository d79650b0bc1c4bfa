import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { operations } from '../../nodes/FetchHive/actions';
import type { CallbackServer, Received } from './callbackServer';
import { startCallbackServer } from './callbackServer';
import { imageOutput } from './downloads';
import type { FetchHiveWorkflow } from './fetchHiveWorkflow';
import { FETCH_HIVE } from './fetchHiveWorkflow';
import type { OutputSchema } from './outputSchema';
import { faultsOf, filledPlaces, placesIn, readOutputSchema } from './outputSchema';
import { callWaiting } from './resumeWebhook';
import { useScenario } from './scenario';
import { callTrigger, itemsOf, runStarted } from './triggerWebhook';
import type { TriggerSetup } from './triggerWebhook';

type Put = IDataObject[];

const scenario = useScenario({}, { switches: { callbackDelayMs: 0 } });
const PARSED = { parseJsonOutput: true };
const MISSING_FILE = { downloadAssets: true };

let server: CallbackServer;
const take = async () => await Promise.resolve({ status: 200, body: {} });
let receive: (received: Received) => Promise<{ status: number; body: unknown }> = take;
beforeAll(async () => {
	server = await startCallbackServer(async (received) => await receive(received));
});
afterEach(() => {
	receive = take;
});
afterAll(async () => await server.close());

const input = (name: string, value: string) => ({ name, type: 'string', stringValue: value });
const inputs = (...rows: object[]) => ({ inputs: { input: rows } }) as INodeParameters;

/** Deployments whose outputs are of every kind: text, an object, an array, and files that are gone. */
const EVERY_OUTPUT: INodeParameters[] = [
	{ deployment: 'summarise-topic', ...inputs(input('topic', 'bees')) },
	{ deployment: 'extract-fields', ...inputs(input('text', 'two words')), options: PARSED },
	{
		deployment: 'rank-keywords',
		...inputs({ name: 'keywords', type: 'array', arrayValue: '["bee"]' }),
		options: PARSED,
	},
	{
		deployment: 'generate-image',
		...inputs(input('prompt', 'bees')),
		options: MISSING_FILE,
	},
].map((parameters) => ({ variant: 'production', ...parameters }));

const FAILS: INodeParameters = { deployment: 'fails-iteration-limit', variant: 'production' };

/** What the node puts out with each of these parameters. */
async function putOut(
	resource: string,
	operation: string,
	each: INodeParameters[],
	more: Partial<FetchHiveWorkflow> = {},
): Promise<Put> {
	scenario.emulator.set({ fileFault: 'missing' });
	const put: Put = [];
	for (const parameters of each) {
		const run = await scenario.run({ resource, operation, ...parameters }, more);
		put.push(...run.jsonOf(FETCH_HIVE));
	}
	return put;
}

/**
 * What an execution goes on with that sleeps until the run's callback, or until its time is up.
 *
 * @param output what the callback brings in place of the run's own
 */
async function putOutAwake(
	resource: string,
	parameters: INodeParameters,
	output?: unknown,
): Promise<Put> {
	const { emulator, run } = scenario;
	emulator.set({ fileFault: 'missing', callbackErrorField: 'data.error.object' });
	const options = { ...(parameters.options as object), checkBeforeWaiting: false };
	const sleeping = await run(
		{ resource, operation: 'invokeAndWait', ...parameters, options },
		{ n8nUrl: new URL(server.url).origin },
	);
	const [entry] = sleeping.run.data.executionData!.nodeExecutionStack;
	const timedOut = entry.data.main[0]!.map(({ json }) => json);
	let woken: Put = [];
	receive = async (received) => {
		const answer = await callWaiting(sleeping, emulator, received);
		woken = answer.items ?? [];
		return answer;
	};
	const [{ requestId }] = emulator.runs.slice(-1);
	await emulator.waitForCallback(requestId);
	const event = { event_type: 'hive_agent.completed', request_id: requestId };
	const body = output === undefined ? undefined : { ...event, data: { output } };
	await emulator.deliver(requestId, { url: server.url, body });
	return [...timedOut, ...woken];
}

/** Starts a run of each kind that calls back, and runs what its callback starts. */
async function putOutByTrigger(): Promise<Put> {
	const { emulator, run } = scenario;
	const put: Put = [];
	emulator.set({ fileFault: 'missing', callbackErrorField: 'data.error.object' });
	for (const parameters of [...EVERY_OUTPUT, FAILS]) {
		const options = { ...(parameters.options as object), ignoreDuplicates: false };
		const setup: TriggerSetup = {
			credential: { signingSecret: emulator.secretOf(String(parameters.deployment)) },
			parameters: { options: { ...options, allowInternalAssetHosts: true } },
		};
		receive = async (received) => {
			const answer = await callTrigger(setup, received);
			const started = await runStarted(setup, answer.items ?? []);
			put.push(...itemsOf(started.itemsOf('Fetch Hive Trigger')));
			return answer;
		};
		await run({ operation: 'invokeAsync', callbackUrl: server.url, ...parameters });
		await emulator.waitForCallback(emulator.runs.at(-1)!.requestId);
	}
	return put;
}

/** The request ID of a run that nobody waits for. */
async function started(deployment: string): Promise<string> {
	const parameters = { deployment, variant: 'production', callbackUrl: server.url };
	await scenario.run({ operation: 'invokeAsync', ...parameters });
	return scenario.emulator.runs.at(-1)!.requestId;
}

/** An execution whose answer is read as it comes. */
const STREAMS: Partial<FetchHiveWorkflow> = { onChunk: () => undefined };
const AGENT = { agentId: 'agent_assistant', message: 'Hello' };
const TAGLINE: INodeParameters = {
	deployment: 'write-tagline',
	variant: 'production',
	...inputs(input('product', 'Honey')),
};
/** Lets an agent start two background workflows, of which one has ended, and names them. */
async function delegated(): Promise<INodeParameters[]> {
	const { emulator, run } = scenario;
	const named: INodeParameters[] = [];
	for (const callbackDelayMs of [0, 3_600_000]) {
		emulator.set({ callbackDelayMs });
		await run({
			...{ resource: 'agent', operation: 'invokeAsync', callbackUrl: server.url },
			...{ ...AGENT, agentId: 'agent_delegating' },
			options: { allowBackgroundWork: true, threadId: 'bees' },
		});
		const [{ delegationId, requestId }] = emulator.runs.slice(-1);
		if (callbackDelayMs === 0) await emulator.waitForCallback(requestId);
		named.push({ delegationId: delegationId! });
	}
	return named;
}

const HIVE_AGENT = { hiveAgentId: 'hive_researcher', objective: 'Find bees' };

/** By `resource` and `operation`: real outputs that together show all that the operation can put out. */
const REAL_OUTPUTS: Record<string, Record<string, () => Promise<Put>>> = {
	workflow: {
		invoke: async () => await putOut('workflow', 'invoke', EVERY_OUTPUT),
		invokeAndWait: async () => {
			const put: Put = [];
			for (const parameters of [...EVERY_OUTPUT, FAILS]) {
				put.push(...(await putOutAwake('workflow', parameters)));
			}
			return put;
		},
		invokeAsync: async () =>
			await putOut('workflow', 'invokeAsync', [{ ...FAILS, callbackUrl: server.url }]),
	},
	prompt: {
		invoke: async () => {
			const text = { ...inputs(input('text', 'Ada Bee')), options: PARSED };
			const others: INodeParameters[] = [
				{ deployment: 'extract-contact', variant: 'production', ...text },
				{ deployment: 'list-words', variant: 'production', ...text },
			];
			return [
				...(await putOut('prompt', 'invoke', [TAGLINE], STREAMS)),
				...(await putOut('prompt', 'invoke', others)),
			];
		},
	},
	agent: {
		invoke: async () => [
			...(await putOut('agent', 'invoke', [{ ...AGENT, options: { threadId: 'bees' } }], STREAMS)),
			...(await putOut('agent', 'invoke', [
				{ ...AGENT, agentId: 'agent_delegating' },
				{ ...AGENT, agentId: 'agent_delegating', options: { allowBackgroundWork: true } },
				{ ...AGENT, agentId: 'agent_structured', options: PARSED },
				{ ...AGENT, agentId: 'agent_listing', options: PARSED },
				{ ...AGENT, agentId: 'agent_illustrator', options: MISSING_FILE },
			])),
		],
		invokeAndWait: async () => {
			const atOnce = await putOut('agent', 'invokeAndWait', [AGENT]);
			scenario.emulator.set({ agentCallback: 'run' });
			const files = { ...AGENT, options: MISSING_FILE };
			return [
				...atOnce,
				...(await putOutAwake('agent', AGENT)),
				...(await putOutAwake('agent', { ...AGENT, agentId: 'agent_failing' })),
				...(await putOutAwake('agent', AGENT, ['bees', 'wax'])),
				...(await putOutAwake('agent', files, await imageOutput(scenario.emulator))),
			];
		},
		invokeAsync: async () => {
			const sent = [{ ...AGENT, callbackUrl: server.url }];
			const atOnce = await putOut('agent', 'invokeAsync', sent);
			scenario.emulator.set({ agentCallback: 'run' });
			return [...atOnce, ...(await putOut('agent', 'invokeAsync', sent))];
		},
	},
	delegation: {
		cancel: async () => await putOut('delegation', 'cancel', await delegated()),
		get: async () => await putOut('delegation', 'get', await delegated()),
		getAll: async () => {
			await delegated();
			return await putOut('delegation', 'getAll', [{ threadId: 'bees' }]);
		},
	},
	hiveAgent: {
		invokeAndWait: async () => {
			const files = { ...HIVE_AGENT, options: MISSING_FILE };
			return [
				...(await putOutAwake('hiveAgent', HIVE_AGENT)),
				...(await putOutAwake('hiveAgent', { ...HIVE_AGENT, hiveAgentId: 'hive_failing' })),
				...(await putOutAwake('hiveAgent', HIVE_AGENT, ['bees', 'wax'])),
				...(await putOutAwake('hiveAgent', files, await imageOutput(scenario.emulator))),
			];
		},
		invokeAsync: async () =>
			await putOut('hiveAgent', 'invokeAsync', [{ ...HIVE_AGENT, callbackUrl: server.url }]),
	},
	request: {
		get: async () => {
			const ids = [await started('human-review'), await started('fails-iteration-limit')];
			await scenario.emulator.waitForCallback(ids[1]);
			await putOut('prompt', 'invoke', [TAGLINE]);
			ids.push(scenario.emulator.runs.at(-1)!.requestId);
			scenario.emulator.set({ requestDataHoldsOutput: true, requestGoingOn: 'pending' });
			return await putOut(
				'request',
				'get',
				ids.map((requestId) => ({ requestId })),
			);
		},
	},
};

const OPERATIONS = Object.entries(operations).flatMap(([resource, all]) =>
	Object.keys(all).map((operation) => ({ resource, operation })),
);

/** A dozen runs each, which take longer than Jest allows where other work goes on beside them. */
const TEST_MILLISECONDS = 60_000;

/** What only Fetch Hive itself fills: the emulator delivers at once, and a list has no delegation that has ended. */
const NOT_SEEN: Record<string, string[]> = {
	'delegation cancel': ['/delivery_error string'],
	'delegation get': ['/delivery_error string'],
	'delegation getAll': ['/result object', '/delivered_at string', '/delivery_error string'],
};

function expectToNameAll(schema: OutputSchema, put: Put, notSeen: string[] = []) {
	expect(put.flatMap((item) => faultsOf(schema, item))).toEqual([]);
	const filled = new Set(put.flatMap((item) => filledPlaces(schema, item)));
	expect(placesIn(schema).filter((place) => !filled.has(place))).toEqual(notSeen);
}

it.each(OPERATIONS)(
	'the output schema of $resource $operation names what it puts out, and nothing else',
	async ({ resource, operation }) => {
		const schema = readOutputSchema('FetchHive', resource, operation);
		const put = await REAL_OUTPUTS[resource][operation]();
		expectToNameAll(schema, put, NOT_SEEN[`${resource} ${operation}`]);
	},
	TEST_MILLISECONDS,
);

it(
	'the output schema of the trigger names what it puts out, and nothing else',
	async () => {
		expectToNameAll(readOutputSchema('FetchHiveTrigger', 'output'), await putOutByTrigger());
	},
	TEST_MILLISECONDS,
);
