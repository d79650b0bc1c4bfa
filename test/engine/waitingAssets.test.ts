import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startEmulator } from '../../playground/emulator';
import { fileRequests, imageOutput } from './downloads';
import { callWaiting } from './resumeWebhook';
import { useScenario } from './scenario';
import { until } from './until';

/** Runs of this deployment end when they are approved: nothing is called back by itself. */
const DEPLOYMENT = 'human-review';

const scenario = useScenario({
	operation: 'invokeAndWait',
	deployment: DEPLOYMENT,
	variant: 'production',
});

afterEach(() => {
	jest.restoreAllMocks();
});

/** What a sleeping execution goes on with, when a genuine callback brings this output. */
async function resumedWith(output: unknown, options: INodeParameters = {}): Promise<IDataObject> {
	const { emulator, run } = scenario;
	const sleeping = await run({ options: { downloadAssets: true, ...options } });
	const [{ requestId }] = emulator.runs.slice(-1);
	const rawBody = JSON.stringify({
		event_type: 'workflow.completed',
		request_id: requestId,
		data: { output },
	});
	const headers = Object.fromEntries(new Headers(emulator.sign(DEPLOYMENT, rawBody)));
	const received = { headers, rawBody: Buffer.from(rawBody) };
	const { items, status } = await callWaiting(sleeping, emulator, received);
	expect({ status, items }).toMatchObject({ status: 200, items: [{ request_id: requestId }] });
	return items![0];
}

it("fetches files from a local API's own address", async () => {
	const item = await resumedWith(await imageOutput(scenario.emulator));
	expect(item).not.toHaveProperty('asset_errors');
	expect(fileRequests(scenario.emulator)).toMatchObject([{ status: 200 }]);
});

it('fetches nothing from another port of the machine that a local API is on', async () => {
	const another = await startEmulator();
	try {
		const item = await resumedWith(await imageOutput(another));
		expect(item.asset_errors).toEqual([
			expect.objectContaining({ message: expect.stringContaining("not the API's own (http://") }),
		]);
		expect(fileRequests(another)).toEqual([]);
	} finally {
		await another.close();
	}
});

it('looks for files in a text only where it is to become data', async () => {
	const text = JSON.stringify(await imageOutput(scenario.emulator));
	expect(await resumedWith(text)).toMatchObject({ output: text });
	expect(fileRequests(scenario.emulator)).toEqual([]);
	const item = await resumedWith(text, { parseJsonOutput: true });
	expect(item).toMatchObject({ output: { assets: [expect.any(Object)] } });
	expect(fileRequests(scenario.emulator)).toHaveLength(1);
});

it.each([
	[{}, 20],
	[{ timeout: 7 }, 7],
])(
	'gives all files 20 s while the sender waits, or less when %j says so',
	async (options, seconds) => {
		const { emulator } = scenario;
		emulator.set({ fileFault: 'slow', slowMs: 60_000 });
		const timer = new AbortController();
		const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(timer.signal);
		void until(() => fileRequests(emulator).length > 0).then(() => timer.abort());
		const item = await resumedWith(await imageOutput(emulator, 2), options);
		const message = `The files of this item took longer than ${seconds} s together.`;
		expect(item.asset_errors).toMatchObject([
			{ asset: 'asset_0', message },
			{ asset: 'asset_1', message },
		]);
		// The call that started the run and the one that looked it up have had theirs.
		expect(timeout.mock.calls.slice(2)).toEqual([[seconds * 1000]]);
		expect(fileRequests(emulator)).toHaveLength(1);
	},
);
