import { randomUUID } from 'crypto';
import { WebhookContext } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';

import { asReceived, callWaiting } from './resumeWebhook';
import { useScenario } from './scenario';
import { callTrigger } from './triggerWebhook';
import { until } from './until';

// n8n is going to release the sandbox for expressions as soon as a webhook has answered.
const DEPLOYMENT = 'human-review';
const PARAMETERS = { operation: 'invokeAndWait', deployment: DEPLOYMENT, variant: 'production' };

const scenario = useScenario(PARAMETERS);

/** Calls that read a parameter or a credential, and the answer, in their order. */
function recorded() {
	const calls: string[] = [];
	for (const name of ['getNodeParameter', 'getCredentials', 'getResponseObject'] as const) {
		const original = WebhookContext.prototype[name] as (...given: unknown[]) => unknown;
		jest.spyOn(WebhookContext.prototype, name).mockImplementation(function (
			this: WebhookContext,
			...given: unknown[]
		) {
			calls.push(name);
			return original.apply(this, given) as never;
		});
	}
	return calls;
}

async function expectNothingReadAfter(call: () => Promise<{ status: number }>, status: number) {
	const calls = recorded();
	try {
		expect((await call()).status).toBe(status);
		const readBefore = calls.length;
		let turns = 0;
		await until(() => (turns += 1) > 3);
		expect(calls).toHaveLength(readBefore);
		const answeredAt = calls.indexOf('getResponseObject');
		expect(answeredAt === -1 ? [] : calls.slice(answeredAt + 1)).toEqual([]);
	} finally {
		jest.restoreAllMocks();
	}
}

const received = (body: IDataObject, deployment = DEPLOYMENT) => {
	const rawBody = JSON.stringify(body);
	const headers = asReceived(scenario.emulator.sign(deployment, rawBody));
	return { headers, rawBody: Buffer.from(rawBody) };
};

it.each<[string, IDataObject, string, number]>([
	['genuine', { event_type: 'workflow.completed' }, DEPLOYMENT, 200],
	['not wanted', { event_type: 'workflow.started' }, DEPLOYMENT, 200],
	['forged', { event_type: 'workflow.completed' }, 'fails-run', 401],
])(
	"the trigger's webhook() reads nothing after its answer: %s",
	async (_case, body, signer, status) => {
		const setup = { credential: { signingSecret: scenario.emulator.secretOf(DEPLOYMENT) } };
		const call = received({ ...body, request_id: randomUUID() }, signer);
		await expectNothingReadAfter(async () => await callTrigger(setup, call), status);
	},
);

it.each<[string, IDataObject, string, number]>([
	['genuine', { event_type: 'workflow.completed' }, DEPLOYMENT, 200],
	['failed', { event_type: 'workflow.failed', data: { error: 'No.' } }, DEPLOYMENT, 200],
	['looked up', { event_type: 'unheard.of' }, DEPLOYMENT, 202],
	['forged', { event_type: 'workflow.completed' }, 'fails-run', 401],
])(
	'the webhook() of a wait reads nothing after its answer: %s',
	async (_case, body, signer, status) => {
		const sleeping = await scenario.run({});
		const call = received({ ...body, request_id: scenario.emulator.runs[0].requestId }, signer);
		await expectNothingReadAfter(
			async () => await callWaiting(sleeping, scenario.emulator, call),
			status,
		);
	},
);
