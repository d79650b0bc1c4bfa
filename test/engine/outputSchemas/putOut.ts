import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { CallbackServer, Received } from '../callbackServer';
import { startCallbackServer } from '../callbackServer';
import type { FetchHiveWorkflow } from '../fetchHiveWorkflow';
import { FETCH_HIVE } from '../fetchHiveWorkflow';
import { callWaiting, timeUp } from '../resumeWebhook';
import type { Scenario } from '../scenario';
import { useScenario } from '../scenario';
import type { TriggerSetup } from '../triggerWebhook';
import { callTrigger, itemsOf, runStarted } from '../triggerWebhook';

/** What nodes have put out. */
export type Put = IDataObject[];

/** Makes the nodes put something out, against one emulator, whose files are gone. */
export interface PuttingOut {
	scenario: Scenario;
	/** Where callbacks arrive. */
	callbackUrl(): string;
	/** What the node puts out with each of these parameters. */
	putOut(
		resource: string,
		operation: string,
		each: INodeParameters[],
		more?: Partial<FetchHiveWorkflow>,
	): Promise<Put>;
	/**
	 * What an execution goes on with that sleeps until the run's callback, or until its time is up.
	 *
	 * @param output what the callback brings in place of the run's own
	 */
	putOutAwake(resource: string, parameters: INodeParameters, output?: unknown): Promise<Put>;
	/** Starts a run with each of these parameters, and gives what the trigger's execution puts out for its callback. */
	putOutByTrigger(each: INodeParameters[]): Promise<Put>;
}

type Answer = (received: Received) => Promise<{ status: number; body: unknown }>;
const take: Answer = async () => await Promise.resolve({ status: 200, body: {} });

/** For all tests of a file. */
export function usePuttingOut(): PuttingOut {
	const scenario = useScenario({}, { switches: { callbackDelayMs: 0 } });
	const receiver = useReceiver();
	return {
		scenario,
		callbackUrl: receiver.url,
		async putOut(resource, operation, each, more = {}) {
			scenario.emulator.set({ fileFault: 'missing' });
			const put: Put = [];
			for (const parameters of each) {
				const run = await scenario.run({ resource, operation, ...parameters }, more);
				put.push(...run.jsonOf(FETCH_HIVE));
			}
			return put;
		},
		putOutAwake: async (...parameters) => await putOutAwake(scenario, receiver, ...parameters),
		putOutByTrigger: async (each) => await putOutByTrigger(scenario, receiver, each),
	};
}

interface Receiver {
	url(): string;
	/** What answers callbacks until the end of the test. */
	answerBy(answer: Answer): void;
}

function useReceiver(): Receiver {
	let server: CallbackServer;
	let answer = take;
	beforeAll(async () => {
		server = await startCallbackServer(async (received) => await answer(received));
	});
	afterEach(() => {
		answer = take;
	});
	afterAll(async () => await server.close());
	return { url: () => server.url, answerBy: (other) => void (answer = other) };
}

async function putOutAwake(
	{ emulator, run }: Scenario,
	receiver: Receiver,
	resource: string,
	parameters: INodeParameters,
	output?: unknown,
): Promise<Put> {
	emulator.set({ fileFault: 'missing', callbackErrorField: 'data.error.object' });
	// The emulator's runs end at once: a status that can be read would keep the execution awake.
	emulator.set({ failingLookUps: 1 });
	const sleeping = await run(
		{ resource, operation: 'invokeAndWait', whenTimeIsUp: 'continue', ...parameters },
		{ n8nUrl: new URL(receiver.url()).origin },
	);
	const timedOut = (await timeUp(sleeping)).jsonOf(FETCH_HIVE);
	let woken: Put = [];
	receiver.answerBy(async (received) => {
		const answer = await callWaiting(sleeping, emulator, received);
		woken = (await answer.resumed()).jsonOf(FETCH_HIVE);
		return answer;
	});
	const [{ requestId }] = emulator.runs.slice(-1);
	await emulator.waitForCallback(requestId);
	const event = { event_type: 'hive_agent.completed', request_id: requestId };
	const body = output === undefined ? undefined : { ...event, data: { output, steps: 2 } };
	await emulator.deliver(requestId, { url: receiver.url(), body });
	return [...timedOut, ...woken];
}

async function putOutByTrigger(
	{ emulator, run }: Scenario,
	receiver: Receiver,
	each: INodeParameters[],
): Promise<Put> {
	const put: Put = [];
	emulator.set({ fileFault: 'missing', callbackErrorField: 'data.error.object' });
	for (const parameters of each) {
		const options = { ...(parameters.options as object), ignoreDuplicates: false };
		const label = String(parameters.deployment);
		const signingSecret = emulator.secretOf(label);
		const setup: TriggerSetup = {
			credential: { signingSecret, moreDeployments: { deployment: [{ label, signingSecret }] } },
			parameters: { options: { ...options, allowInternalAssetHosts: true } },
		};
		receiver.answerBy(async (received) => {
			const answer = await callTrigger(setup, received);
			const started = await runStarted(setup, answer.items ?? []);
			put.push(...itemsOf(started.itemsOf('Fetch Hive Trigger')));
			return answer;
		});
		await run({ operation: 'invokeAsync', callbackUrl: receiver.url(), ...parameters });
		await emulator.waitForCallback(emulator.runs.at(-1)!.requestId);
	}
	const body = { event_type: 'workflow.completed', run_id: 'run_1' };
	await emulator.deliver(emulator.runs.at(-1)!.requestId, { url: receiver.url(), body });
	return put;
}
