import type {
	IConnections,
	INode,
	INodeParameters,
	INodeProperties,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { FetchHive } from '../../nodes/FetchHive/FetchHive.node';
import { FetchHiveTrigger } from '../../nodes/FetchHiveTrigger/FetchHiveTrigger.node';
import { exampleNames } from '../../playground/n8n/examples';
import { neededHeight } from '../../playground/n8n/note';

import { subtitleOnCanvas } from '../unit/canvas';
import { projectFile } from './packed';

const DESCRIPTIONS: Record<string, INodeTypeDescription> = {
	'n8n-nodes-fetchhive.fetchHive': new FetchHive().description,
	'n8n-nodes-fetchhive.fetchHiveTool': asTool(new FetchHive().description),
	'n8n-nodes-fetchhive.fetchHiveTrigger': new FetchHiveTrigger().description,
};

interface Example {
	name: string;
	nodes: INode[];
	connections: IConnections;
}

/** What n8n makes of a node that is usable as a tool (`convertNodeToAiTool`). */
function asTool(description: INodeTypeDescription): INodeTypeDescription {
	const added: INodeProperties[] = [
		{
			displayName: 'Tool Description',
			name: 'descriptionType',
			type: 'options',
			options: [
				{ name: 'Set Automatically', value: 'auto' },
				{ name: 'Set Manually', value: 'manual' },
			],
			default: 'auto',
		},
		{
			displayName: 'Description',
			name: 'toolDescription',
			type: 'string',
			default: description.description,
			required: true,
			displayOptions: { show: { descriptionType: ['manual'] } },
		},
	];
	return {
		...description,
		name: `${description.name}Tool`,
		inputs: [],
		outputs: ['ai_tool'],
		properties: [...added, ...description.properties],
	};
}

const SUFFIX = ' (Fetch Hive example)';

function isOurs(node: INode): boolean {
	return node.type in DESCRIPTIONS;
}

/** Of a node with its name below it; an AI Agent is wider than others. */
const NODE_SIZE = { width: 200, height: 140 };

/** At a window of 1400 by 900 pixels n8n (2.41.1) shows it at four fifths of its size. */
const LARGEST = { width: 1620, height: 720 };

/** From an agent's left side to that of its tool: a tool further left has its line behind the plus sign. */
const PAST_THE_PLUS = 240;

/** Two lines: one that the estimate may be wrong by, and one that makes the note look finished. */
const MAX_SPARE_HEIGHT = 40;

function frameOf({ name, parameters, position: [left, top] }: INode) {
	const { width, height } = { ...NODE_SIZE, ...parameters } as typeof NODE_SIZE;
	return { name, left, top, right: left + width, bottom: top + height };
}

type Frame = ReturnType<typeof frameOf>;

function overlap(one: Frame, other: Frame): boolean {
	const beside = one.right <= other.left || other.right <= one.left;
	const above = one.bottom <= other.top || other.bottom <= one.top;
	return !beside && !above;
}

/** In the words of the panel's lists, "Workflow: Invoke"; a trigger is named as itself. */
function doneBy({ type, parameters }: INode) {
	const { displayName } = DESCRIPTIONS[type];
	if (type.endsWith('Trigger')) return { operation: displayName, title: displayName };
	const { resource, operation } = parameters;
	const title = String(subtitleOnCanvas(DESCRIPTIONS[type], { resource, operation }));
	return { operation: title.split(': ')[1], title };
}

/** Names of the nodes that the arrows of a canvas lead to. */
function targetsOf(connections: IConnections): string[] {
	return Object.values(connections)
		.flatMap((byType) => Object.values(byType))
		.flatMap((outputs) => outputs.flatMap((arrows) => arrows ?? []))
		.map(({ node }) => node);
}

describe.each(exampleNames())('the example %s', (name: string) => {
	const example = JSON.parse(projectFile('examples', `${name}.json`)) as Example;
	const title = example.name.replace(SUFFIX, '');
	const ours = example.nodes.filter(isOurs);

	it('uses a node of this package', () => {
		expect(ours.length).toBeGreaterThan(0);
	});

	it('sets only parameters that its nodes know and show', () => {
		for (const node of ours) {
			const description = DESCRIPTIONS[node.type];
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
			const description = DESCRIPTIONS[node.type];
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
		expect(names).toEqual(
			expect.arrayContaining([
				...Object.keys(example.connections),
				...targetsOf(example.connections),
			]),
		);
	});

	const notes = example.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');

	it('has one name: of its workflow, its note and its file', () => {
		expect(example.name).toBe(title + SUFFIX);
		expect(String(notes[0].parameters.content).split('\n')[0]).toBe(`## ${title}`);
		expect(title.toLowerCase().replaceAll(/\W+/g, '-')).toBe(name);
	});

	it('names its nodes as what they do, and is named as what it shows', () => {
		// A model knows a tool by the name of its node.
		const nodes = ours.filter(({ type }) => !type.endsWith('Tool'));
		const named = nodes.map((node) => ({ ...node, does: doneBy(node) }));
		for (const node of named) expect(node.name).toMatch(new RegExp(`^${node.does.operation}`));
		if (title.includes(':')) expect(named.map(({ does }) => does.title)).toContain(title);
	});

	it('has a note that says what to fill in, and no two nodes on top of each other', () => {
		expect(notes.map(({ parameters }) => parameters.content)).toEqual([
			expect.stringMatching(/^## .+\n.+\n\n\*\*In your own n8n:\*\* .*credential/),
		]);
		const frames = example.nodes.map(frameOf);
		const overlaps = frames.flatMap((one, index) =>
			frames.slice(index + 1).filter((other) => overlap(one, other)),
		);
		expect(overlaps).toEqual([]);
	});

	it('is small enough to be read when n8n fits it into the window', () => {
		const frames = example.nodes.map(frameOf);
		const width =
			Math.max(...frames.map(({ right }) => right)) - Math.min(...frames.map(({ left }) => left));
		const height =
			Math.max(...frames.map(({ bottom }) => bottom)) - Math.min(...frames.map(({ top }) => top));
		expect(width).toBeLessThanOrEqual(LARGEST.width);
		expect(height).toBeLessThanOrEqual(LARGEST.height);
	});

	it('leads the lines of its tools past the plus signs of their agents', () => {
		const leftOf = (name: string) =>
			example.nodes.find((node) => node.name === name)?.position[0] ?? 0;
		const lines = Object.entries(example.connections).flatMap(([tool, { ai_tool = [] }]) =>
			ai_tool.flatMap((arrows) => (arrows ?? []).map(({ node }) => leftOf(tool) - leftOf(node))),
		);
		for (const distance of lines) expect(distance).toBeGreaterThanOrEqual(PAST_THE_PLUS);
	});

	it('has a note that is as tall as its text', () => {
		const [{ parameters }] = notes;
		const { height, ...note } = parameters as { content: string; width: number; height: number };
		const spare = height - neededHeight(note);
		expect(spare).toBeGreaterThanOrEqual(0);
		expect(spare).toBeLessThan(MAX_SPARE_HEIGHT);
	});

	it('holds no secret and no credential data', () => {
		expect(JSON.stringify(example)).not.toMatch(/fhk_|whsec|"data":\s*\{/);
	});
});
