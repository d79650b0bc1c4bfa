import type { INodeParameters } from 'n8n-workflow';

import { isN8n1 } from '../harness/setting';
import { bytesAt, storedBytes } from './binaryData';
import { runByHand } from './manualRun';
import { onlyExecution, publishedReceiver } from './receiver';
import type { SavedExecution, SavedItem } from './suite';
import { itemsOf, itLeaksNothing, startSuite } from './suite';
import { endLate, resumed, startWaiting } from './waiting';
import { LATER } from './workflows';

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
	it('of the item of a workflow that made images', async () => {
		const execution = await run({ ...images(4), options: download });
		const [item] = itemsOf(execution, LATER);
		expect(outputAssets(item)).toHaveLength(4);
		await expectFiles(execution, item, outputAssets(item));
		const [{ requestId }] = suite.emulator.runs;
		expect(item.json).toMatchObject({ request_id: requestId, run_status: 'completed' });
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
});

itLeaksNothing(suite);
