import type { INodeParameters } from 'n8n-workflow';

import { imageOutput } from '../downloads';
import type { FetchHiveWorkflow } from '../fetchHiveWorkflow';
import type { PuttingOut, Put } from './putOut';

const PARSED = { parseJsonOutput: true };
const MISSING_FILE = { downloadAssets: true };

const input = (name: string, value: string) => ({ name, type: 'string', stringValue: value });
const inputs = (...rows: object[]) => ({ inputs: { input: rows } }) as INodeParameters;

/** Deployments whose outputs are of every kind: text, an object, an array, and files that are gone. */
export const EVERY_OUTPUT: INodeParameters[] = [
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

export const FAILS: INodeParameters = {
	deployment: 'fails-iteration-limit',
	variant: 'production',
};

/** The request ID of a run that nobody waits for. */
async function started({ callbackUrl, scenario }: PuttingOut, deployment: string): Promise<string> {
	const parameters = { deployment, variant: 'production', callbackUrl: callbackUrl() };
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
async function delegated({ callbackUrl, scenario }: PuttingOut): Promise<INodeParameters[]> {
	const { emulator, run } = scenario;
	const named: INodeParameters[] = [];
	for (const callbackDelayMs of [0, 3_600_000]) {
		emulator.set({ callbackDelayMs });
		await run({
			...{ resource: 'agent', operation: 'invokeAsync', callbackUrl: callbackUrl() },
			...{ ...AGENT, agentId: 'agent_delegating' },
			threadId: 'bees',
			options: { allowBackgroundWork: true },
		});
		const [{ delegationId, requestId }] = emulator.runs.slice(-1);
		if (callbackDelayMs === 0) await emulator.waitForCallback(requestId);
		named.push({ delegationId: delegationId! });
	}
	return named;
}

const HIVE_AGENT = { hiveAgentId: 'hive_researcher', objective: 'Find bees' };

/** By `resource` and `operation`: real outputs that together show all that the operation can put out. */
export function realOutputs(
	putting: PuttingOut,
): Record<string, Record<string, () => Promise<Put>>> {
	const { callbackUrl, putOut, putOutAwake, scenario } = putting;
	return {
		workflow: {
			invoke: async () => await putOut('workflow', 'invoke', EVERY_OUTPUT),
			invokeAndWait: async () => {
				const put: Put = [];
				for (const parameters of EVERY_OUTPUT) {
					put.push(...(await putOutAwake('workflow', parameters)));
				}
				return [...put, ...(await putOutAwake('workflow', EVERY_OUTPUT[0], 'bees'))];
			},
			invokeAsync: async () =>
				await putOut('workflow', 'invokeAsync', [{ ...FAILS, callbackUrl: callbackUrl() }]),
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
				...(await putOut('agent', 'invoke', [{ ...AGENT, threadId: 'bees' }], STREAMS)),
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
					...(await putOutAwake('agent', AGENT, ['bees', 'wax'])),
					...(await putOutAwake('agent', files, await imageOutput(scenario.emulator))),
				];
			},
			invokeAsync: async () => {
				const sent = [{ ...AGENT, callbackUrl: callbackUrl() }];
				const atOnce = await putOut('agent', 'invokeAsync', sent);
				scenario.emulator.set({ agentCallback: 'run' });
				return [...atOnce, ...(await putOut('agent', 'invokeAsync', sent))];
			},
		},
		delegation: {
			cancel: async () => await putOut('delegation', 'cancel', await delegated(putting)),
			get: async () => await putOut('delegation', 'get', await delegated(putting)),
			getAll: async () => {
				await delegated(putting);
				return await putOut('delegation', 'getAll', [{ threadId: 'bees' }]);
			},
		},
		hiveAgent: {
			invokeAndWait: async () => {
				const files = { ...HIVE_AGENT, options: MISSING_FILE };
				return [
					...(await putOutAwake('hiveAgent', HIVE_AGENT)),
					...(await putOutAwake('hiveAgent', HIVE_AGENT, ['bees', 'wax'])),
					...(await putOutAwake('hiveAgent', files, await imageOutput(scenario.emulator))),
				];
			},
			invokeAsync: async () =>
				await putOut('hiveAgent', 'invokeAsync', [{ ...HIVE_AGENT, callbackUrl: callbackUrl() }]),
		},
		request: {
			get: async () => {
				const ids = [
					await started(putting, 'human-review'),
					await started(putting, 'fails-iteration-limit'),
				];
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
}
