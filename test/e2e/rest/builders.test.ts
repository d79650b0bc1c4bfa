import type { INodePropertyOptions } from 'n8n-workflow';

import { operations } from '../../../nodes/FetchHive/actions/resources';
import { FetchHive } from '../../../nodes/FetchHive/FetchHive.node';
import { FetchHiveTrigger } from '../../../nodes/FetchHiveTrigger/FetchHiveTrigger.node';
import { isOlderN8n } from '../harness/setting';
import { readOutputSchema } from '../../engine/outputSchemas/outputSchema';
import { callMcpTool } from './mcpClient';
import { startSuiteAlone } from './suite';

/** Of the modules that the other tests do without, this one needs n8n's own MCP server. */
const WITH_MCP = { N8N_DISABLED_MODULES: 'agents,instance-ai' };
const suite = startSuiteAlone('builders', () => (isOlderN8n() ? {} : WITH_MCP));
const ACTION_NODE = 'n8n-nodes-fetchhive.fetchHive';
const TRIGGER_NODE = 'n8n-nodes-fetchhive.fetchHiveTrigger';

const OPERATIONS = Object.entries(operations).flatMap(([resource, all]) =>
	Object.keys(all).map((operation) => ({ resource, operation })),
);

/** What n8n serves where its editor asks for the fields of a node that has not run. */
async function served(...place: string[]) {
	const response = await fetch(`${suite.n8n.url}/schemas/${place.join('/')}.json`);
	return response.status === 200 ? ((await response.json()) as unknown) : response.status;
}

describe('the output schemas', () => {
	it.each(OPERATIONS)('of $resource $operation is served', async ({ resource, operation }) => {
		expect(await served(ACTION_NODE, '2.0.0', resource, operation)).toEqual(
			readOutputSchema('FetchHive', resource, operation),
		);
	});

	it('of the trigger is served', async () => {
		expect(await served(TRIGGER_NODE, '2.0.0', 'output')).toEqual(
			readOutputSchema('FetchHiveTrigger', 'output'),
		);
	});

	it('is not there for an operation that is not', async () => {
		expect(await served(ACTION_NODE, '2.0.0', 'workflow', 'delete')).toBe(404);
	});
});

const hintsOf = (entries: Array<{ builderHint?: { propertyHint: string } }>) =>
	entries.flatMap(({ builderHint }) => (builderHint ? [builderHint.propertyHint] : []));

// Older ones build no workflows, and pass over what is said to those who do.
(isOlderN8n() ? describe.skip : describe)("a model that builds over n8n's MCP server", () => {
	let apiKey: string;
	beforeAll(async () => {
		await suite.client.call('PATCH', '/mcp/settings', { mcpAccessEnabled: true });
		// n8n shows it once.
		({ apiKey } = await suite.client.call('GET', '/mcp/api-key'));
	});

	const asked = async (tool: string, input: Record<string, unknown>) =>
		await callMcpTool(`${suite.n8n.url}/mcp-server/http`, tool, input, {
			Authorization: `Bearer ${apiKey}`,
		});

	it.each([
		['fetch hive', ACTION_NODE],
		['llm', ACTION_NODE],
		['run a prompt', ACTION_NODE],
		['callback', TRIGGER_NODE],
	])('finds by "%s" the node %s', async (query, node) => {
		const found = await asked('search_nodes', { queries: [query] });
		expect(found).toMatch(new RegExp(`^- ${node}(?: \\[TRIGGER\\])?$`, 'm'));
	});

	it('reads what each node, resource and operation is for', async () => {
		const found = await asked('search_nodes', { queries: ['fetch hive'] });
		const { builderHint, properties } = new FetchHive().description;
		const lists = properties.filter(({ name }) => ['resource', 'operation'].includes(name));
		const hints = [
			builderHint?.searchHint,
			new FetchHiveTrigger().description.builderHint?.searchHint,
			...hintsOf(lists.flatMap(({ options }) => options as INodePropertyOptions[])),
		];
		expect(hints.filter((hint) => !found.includes(String(hint)))).toEqual([]);
		expect(hints.length).toBeGreaterThan(8);
	});

	it('reads what it must not invent', async () => {
		const place = { nodeId: ACTION_NODE, resource: 'workflow', operation: 'invokeAsync' };
		const read = await asked('get_node_types', { nodeIds: [place] });
		const { properties } = new FetchHive().description;
		const hints = hintsOf(properties);
		expect(hints.filter((hint) => !read.includes(`@builderHint ${hint}`))).toEqual([]);
		expect(new Set(hints).size).toBe(3);
	});
});
