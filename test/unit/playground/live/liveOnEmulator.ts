import { startEmulator, type Emulator } from '../../../../playground/emulator';
import type { Switches } from '../../../../playground/emulator/switches';
import { Callbacks } from '../../../../playground/live/callbacks';
import { Client } from '../../../../playground/live/client';
import type { Probe, Targets } from '../../../../playground/live/probes/probe';
import { findOut, switchesOf } from '../../../../playground/live/findOut';
import { freePort } from '../../../../playground/ports';
import { until } from '../../../engine/until';

const target = (deployment: string, inputs: Record<string, unknown> = {}) => ({
	deployment,
	variant: 'production',
	inputs,
});

export const TARGETS: Targets = {
	workflow: target('summarise-topic', { topic: 'Bees' }),
	failing: target('fails-run'),
	typed: target('typed-inputs', { number: '1' }),
	prompt: target('write-tagline', { product: 'Honey' }),
	slow: target('slow-research'),
	image: target('generate-image', { prompt: 'A bee' }),
	agent: 'agent_assistant',
	delegating: 'agent_delegating',
};

/** What keeps a test from waiting for time to pass. */
export const QUICK: Partial<Switches> = { slowMs: 0, callbackRetryDelayMs: 1 };

/**
 * In the place of waiting for time to pass: waits until the emulator has nothing more to send. What is never answered
 * comes last, and only then a short time-out harms no other callback.
 */
export const quietOn =
	(emulator: Emulator, silentTimeoutMs = 20) =>
	async (mailbox: string) => {
		await emulator.settled();
		if (mailbox === 'answers400') emulator.set({ callbackTimeoutMs: silentTimeoutMs });
	};

async function withEmulator<T>(
	switches: Partial<Switches>,
	use: (emulator: Emulator, callbacks: Callbacks) => Promise<T>,
): Promise<T> {
	const emulator = await startEmulator({ switches: { ...QUICK, ...switches } });
	const port = await freePort();
	const callbacks = new Callbacks(`http://127.0.0.1:${port}`);
	await callbacks.listen(port);
	try {
		return await use(emulator, callbacks);
	} finally {
		await callbacks.close();
		await emulator.close();
	}
}

/** Runs the probes on an emulator whose switches are turned. */
export async function found(
	switches: Partial<Switches>,
	probes: Probe[],
	silentTimeoutMs?: number,
) {
	return await withEmulator(switches, async (emulator, callbacks) => {
		const outcomes = await findOut(
			{
				client: new Client(emulator),
				callbacks,
				targets: TARGETS,
				signingSecret: emulator.secretOf('summarise-topic'),
				untilQuiet: async (mailbox) => {
					await quietOn(emulator, silentTimeoutMs)(mailbox);
					// The other end of a connection learns a moment later that it was closed.
					const silent = callbacks.in('silent');
					await until(() => silent.every(({ closedAt }) => closedAt !== undefined));
				},
			},
			probes,
		);
		expect(outcomes.filter(({ failure }) => failure !== undefined)).toEqual([]);
		return { switches: switchesOf(outcomes), runs: [...emulator.runs] };
	});
}
