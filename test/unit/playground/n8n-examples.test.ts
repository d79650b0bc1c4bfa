import { EXAMPLE_NAMES } from '../../../playground/exampleOrder';
import { exampleNames, prepareExample, readExample } from '../../../playground/n8n/examples';

const REPLACEMENTS = {
	credentials: {
		fetchHiveApi: { id: 'api1', name: 'Fetch Hive account' },
		fetchHiveSigningSecretApi: { id: 'secret1', name: 'Fetch Hive Signing Secret account' },
	},
	host: 'http://127.0.0.1:5678',
};
const FIRST_WORDS = { firstWords: 'Ready.' };
const NAMES: string[] = exampleNames();

/** The places where two values differ, and what the second has there. */
function differences(before: unknown, after: unknown, path = ''): Record<string, unknown> {
	if (Object.is(before, after)) return {};
	const isTree = (value: unknown) => typeof value === 'object' && value !== null;
	if (!isTree(before) || !isTree(after)) return { [path]: after };
	const [old, fresh] = [before, after] as Array<Record<string, unknown>>;
	const keys = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
	return Object.assign(
		{},
		...keys.map((key) => differences(old[key], fresh[key], path ? `${path}.${key}` : key)),
	);
}

async function changesOf(name: string, replacements = REPLACEMENTS) {
	const example = await readExample(name);
	return differences(example, prepareExample(example, replacements));
}

describe('an example made fit for one n8n', () => {
	it('gets its credential, and nothing else changes', async () => {
		expect(await changesOf('workflow-invoke')).toEqual({
			'nodes.2.credentials.fetchHiveApi.id': 'api1',
		});
	});

	it('gets the address that is called back, too', async () => {
		expect(await changesOf('workflow-invoke-async')).toEqual({
			'nodes.2.credentials.fetchHiveApi.id': 'api1',
			'nodes.2.parameters.callbackUrl':
				'http://127.0.0.1:5678/webhook/3f0f6c7e-5d7b-4b0e-9c55-0f6a1d2b7c41/webhook',
		});
	});

	it('gets the signing secret where it receives callbacks', async () => {
		expect(await changesOf('fetch-hive-trigger')).toEqual({
			'nodes.1.credentials.fetchHiveSigningSecretApi.id': 'secret1',
		});
	});

	it('runs another workflow when one is named', async () => {
		const target = { deployment: 'my-flow', variant: 'staging' };
		expect(await changesOf('workflow-invoke', { ...REPLACEMENTS, ...{ target } })).toEqual({
			'nodes.2.credentials.fetchHiveApi.id': 'api1',
			'nodes.2.parameters.deployment': 'my-flow',
			'nodes.2.parameters.variant': 'staging',
		});
	});

	it.each(['agent-send-message', 'many-items', 'download-assets', 'prompt-invoke'])(
		'keeps what it runs where that is something else: %s',
		async (name) => {
			const target = { deployment: 'my-flow', variant: 'staging' };
			const changed = Object.keys(await changesOf(name, { ...REPLACEMENTS, ...{ target } }));
			expect(changed.filter((path) => !path.endsWith('fetchHiveApi.id'))).toEqual([]);
		},
	);

	it('says other words first in its note, which grows upwards', async () => {
		const [{ parameters, position }] = (await readExample('workflow-invoke')).nodes;
		const changes = await changesOf('workflow-invoke', { ...REPLACEMENTS, ...FIRST_WORDS });
		const height = Number(changes['nodes.0.parameters.height']);
		expect(changes).toEqual({
			'nodes.0.parameters.content': expect.stringMatching(/^## Workflow: Invoke\nReady\.\n\nRuns /),
			'nodes.0.parameters.height': expect.any(Number),
			'nodes.0.position.1': position[1] + Number(parameters.height) - height,
			'nodes.2.credentials.fetchHiveApi.id': 'api1',
		});
		expect(height).toBeGreaterThan(Number(parameters.height));
	});
});

describe('the committed examples', () => {
	it('are all put into the n8n of npm start', () => {
		expect([...EXAMPLE_NAMES].sort()).toEqual(NAMES);
	});

	it('call back the webhook of the one that receives', async () => {
		const { nodes: starting } = await readExample('workflow-invoke-async');
		const { nodes: receiving } = await readExample('fetch-hive-trigger');
		const webhookId = receiving.find(({ webhookId: id }) => id)?.webhookId;
		const urls = starting.map(({ parameters }) => parameters.callbackUrl).filter(Boolean);
		expect(urls).toEqual([`https://n8n.example.com/webhook/${webhookId}/webhook`]);
	});

	it.each(NAMES)('hold no credential of anybody: %s', async (name) => {
		const { nodes } = await readExample(name);
		const references = nodes.flatMap(({ credentials }) => Object.values(credentials ?? {}));
		expect(references.length).toBeGreaterThan(0);
		expect(references.filter(({ id }) => id !== null)).toEqual([]);
	});
});
