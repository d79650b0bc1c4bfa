import type { IBinaryKeyData, IDataObject, INodeParameters } from 'n8n-workflow';

import { isN8n1 } from '../harness/setting';
import { bytesAt, storedBytes } from './binaryData';
import { runByHand } from './manualRun';
import { onlyExecution, publishedReceiver } from './receiver';
import type { SavedExecution, SavedItem } from './suite';
import { itemsOf, itLeaksNothing, jsonOf, startSuite } from './suite';
import { endLate, resumed, startWaiting } from './waiting';
import { FETCH_HIVE, LATER } from './workflows';

const suite = startSuite();

interface Asset {
	file_url: string;
	file_name: string;
	file_size: number;
}

const download = { downloadAssets: true };
/** A trigger does not know that the API, and with it the files, is on this machine. */
const downloadFromHere = { ...download, allowInternalAssets: true };

/** A run that makes so many images. */
const images = (numberValue: number): INodeParameters => ({
	deployment: 'generate-image',
	inputs: {
		input: [
			{ name: 'prompt', type: 'string', stringValue: 'a hive' },
			{ name: 'count', type: 'number', numberValue },
		],
	},
});

const run = async (parameters: INodeParameters) => await runByHand(suite, parameters);
const fileRequests = () => suite.emulator.requests.filter(({ path }) => path.startsWith('/files/'));
const outputAssets = ({ json }: SavedItem) => (json.output as { assets: Asset[] }).assets;

/** Asserts that an item holds these files, as they are on their host, and that no key was sent for them. */
async function expectFiles(
	execution: SavedExecution,
	{ binary = {}, json }: SavedItem,
	assets: Asset[],
): Promise<void> {
	expect(Object.keys(binary)).toEqual(assets.map((_asset, index) => `asset_${index}`));
	expect(json).not.toHaveProperty('asset_errors');
	expect(fileRequests().map(({ headers, status }) => [headers.authorization, status])).toEqual(
		assets.map(() => [undefined, 200]),
	);
	for (const [index, asset] of assets.entries()) {
		const file = binary[`asset_${index}`];
		expect(file).toMatchObject({ fileName: asset.file_name, mimeType: 'image/png' });
		// What n8n does by default, and where it finds them when it prunes; only n8n 1 keeps files in the execution itself.
		if (!isN8n1()) expect(file.id).toMatch(new RegExp(`^filesystem.*/executions/${execution.id}/`));
		const bytes = await storedBytes(suite.n8n, file);
		expect(bytes).toHaveLength(asset.file_size);
		expect(bytes.equals(await bytesAt(asset.file_url))).toBe(true);
	}
}

describe('the files of a run become binary data', () => {
	it.each([1, 4])('of the item of a workflow that made images: %s', async (count) => {
		const execution = await run({ ...images(count), options: download });
		const [item] = itemsOf(execution, LATER);
		expect(outputAssets(item)).toHaveLength(count);
		await expectFiles(execution, item, outputAssets(item));
		const [{ requestId }] = suite.emulator.runs;
		expect(item.json).toMatchObject({ request_id: requestId, run_status: 'completed' });
	});

	it("of the item of an agent's answer", async () => {
		const execution = await run({
			resource: 'agent',
			agentId: 'agent_illustrator',
			message: 'Draw a hive',
			options: download,
		});
		const [item] = itemsOf(execution, LATER);
		await expectFiles(execution, item, item.json.artifacts as unknown as Asset[]);
	});

	it("of a trigger's item, with the file that its callback tells of", async () => {
		const receiver = await publishedReceiver(suite, {
			deployment: 'generate-image',
			parameters: { options: downloadFromHere },
		});
		await run({ ...images(2), operation: 'invokeAsync', callbackUrl: receiver.url });
		const execution = await onlyExecution(suite, receiver);
		const [item] = itemsOf(execution, LATER);
		await expectFiles(execution, item, outputAssets(item));
		expect(item.json).toMatchObject({ event_type: 'workflow.completed' });
	});

	it('of the item with which a waiting execution goes on', async () => {
		endLate(suite);
		const waiting = await startWaiting(suite, { ...images(2), options: download });
		const { execution, statuses } = await resumed(suite, waiting, 'waitForCallback');
		expect(statuses.at(-1)).toBe(200);
		const [item] = itemsOf(execution, LATER);
		expect(item.json).toMatchObject({
			request_id: waiting.requestId,
			run_status: 'completed',
			event_type: 'workflow.completed',
		});
		await expectFiles(execution, item, outputAssets(item));
	});

	it('only when they are wanted', async () => {
		const execution = await run(images(1));
		expect(itemsOf(execution, LATER)[0]).not.toHaveProperty('binary');
		expect(fileRequests()).toEqual([]);
	});
});

describe('a file that cannot be had leaves the run its result and says why', () => {
	const tooLarge = (megabytes: number) =>
		`It is larger than 'Max Asset Size (MB)' allows (${megabytes} MB).`;
	const missing = 'It does not exist any more (status 404).';

	function expectLeftOut(json: IDataObject, binary: IBinaryKeyData | undefined, message: string) {
		const { assets } = json.output as unknown as { assets: Asset[] };
		expect(json).toMatchObject({
			run_status: 'completed',
			request_id: suite.emulator.runs[0].requestId,
			asset_errors: [{ asset: 'asset_0', name: assets[0].file_name, message }],
		});
		expect(binary).toBeUndefined();
		expect(suite.emulator.runs).toHaveLength(1);
	}

	it.each([
		['is missing', 'missing', {}, missing],
		['is said to be too large', 'none', { maxAssetSize: 0.0001 }, tooLarge(0.0001)],
		['is larger than said', 'larger_than_said', { maxAssetSize: 1 }, tooLarge(1)],
	] as const)('when it %s', async (_case, fileFault, options, message) => {
		suite.emulator.set({ fileFault });
		const execution = await run({ ...images(1), options: { ...download, ...options } });
		expect(execution.status).toBe('success');
		const [{ json, binary }] = itemsOf(execution, LATER);
		expectLeftOut(json, binary, message);
		expect(execution.resultData.runData[FETCH_HIVE][0].hints).toMatchObject([
			{ message: `asset_0 was not downloaded. ${message}` },
		]);
	});

	it('when a waiting execution goes on', async () => {
		endLate(suite);
		suite.emulator.set({ fileFault: 'missing' });
		const waiting = await startWaiting(suite, { ...images(1), options: download });
		const { execution } = await resumed(suite, waiting, 'waitForCallback');
		const [{ json, binary }] = itemsOf(execution, LATER);
		expectLeftOut(json, binary, missing);
	});

	it('when a callback started the execution', async () => {
		suite.emulator.set({ fileFault: 'missing' });
		const receiver = await publishedReceiver(suite, {
			deployment: 'generate-image',
			parameters: { options: downloadFromHere },
		});
		await run({ ...images(1), operation: 'invokeAsync', callbackUrl: receiver.url });
		const execution = await onlyExecution(suite, receiver);
		expectLeftOut(jsonOf(execution, LATER)[0], itemsOf(execution, LATER)[0].binary, missing);
	});
});

itLeaksNothing(suite);
