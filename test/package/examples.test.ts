import type { INode, INodeParameters, INodeProperties } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { FetchHive } from '../../nodes/FetchHive/FetchHive.node';
import { FetchHiveTrigger } from '../../nodes/FetchHiveTrigger/FetchHiveTrigger.node';
import { exampleNames, projectFile } from './packed';

const DESCRIPTIONS = {
	'n8n-nodes-fetchhive.fetchHive': new FetchHive().description,
	'n8n-nodes-fetchhive.fetchHiveTrigger': new FetchHiveTrigger().description,
};

interface Example {
	name: string;
	nodes: INode[];
	connections: Record<string, { main: Array<Array<{ node: string }>> }>;
}

function isOurs(node: INode): boolean {
	return node.type in DESCRIPTIONS;
}

describe.each(exampleNames())('the example %s', (fileName) => {
	const example = JSON.parse(projectFile('examples', fileName)) as Example;
	const ours = example.nodes.filter(isOurs);

	it('uses a node of this package', () => {
		expect(ours.length).toBeGreaterThan(0);
	});

	it('sets only parameters that its nodes know and show', () => {
		for (const node of ours) {
			const description = DESCRIPTIONS[node.type as keyof typeof DESCRIPTIONS];
			const known = NodeHelpers.getNodeParameters(
				description.properties as INodeProperties[],
				node.parameters,
				true,
				false,
				node,
				description,
			) as INodeParameters;
			expect(known).toMatchObject(node.parameters);
		}
	});

	it('leaves no required parameter empty', () => {
		for (const node of ours) {
			const description = DESCRIPTIONS[node.type as keyof typeof DESCRIPTIONS];
			const issues = NodeHelpers.getNodeParametersIssues(
				description.properties,
				{ ...node, credentials: {} },
				description,
			);
			expect(issues?.parameters ?? {}).toEqual({});
		}
	});

	it('connects nodes that exist', () => {
		const names = example.nodes.map(({ name }) => name);
		const targets = Object.values(example.connections).flatMap(({ main }) =>
			main.flat().map(({ node }) => node),
		);
		expect(names).toEqual(
			expect.arrayContaining([...Object.keys(example.connections), ...targets]),
		);
	});

	it('holds no secret and no credential data', () => {
		expect(JSON.stringify(example)).not.toMatch(/fhk_|whsec|"data":\s*\{/);
	});
});
