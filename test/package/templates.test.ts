import { exampleNames, readExample } from '../../playground/n8n/examples';
import { submissionOf } from '../../playground/templates/submission';
import { TEXTS } from '../../playground/templates/texts';

const SECTIONS = [
	'Who is it for?',
	'What does it do?',
	'How to set it up',
	'What do you need?',
	'How to make it your own',
];
const MIN_WORDS = 100;
const MAX_TITLE_LENGTH = 60;

describe.each(exampleNames())('the template of the example %s', (name: string) => {
	const submission = async () => submissionOf(name, await readExample(name));

	it('has a short title of its own, which is the name of its workflow', async () => {
		const { title, workflow } = await submission();
		expect(title).toMatch(/^Fetch Hive: [A-Z]/);
		expect(title.length).toBeLessThanOrEqual(MAX_TITLE_LENGTH);
		expect(workflow.name).toBe(title);
	});

	it('describes for whom it is, what it does, how it is set up, what it needs and what to change', async () => {
		const { description } = await submission();
		const parts = description.split(/^## (.+)\n/m).slice(1);
		expect(parts.filter((_part, index) => index % 2 === 0)).toEqual(SECTIONS);
		const texts = parts.filter((_part, index) => index % 2 === 1);
		for (const text of texts) expect(text.trim().length).toBeGreaterThan('Nothing.'.length);
		expect(description.split(/\s+/).length).toBeGreaterThanOrEqual(MIN_WORDS);
		expect(description).not.toContain('undefined');
	});

	it('says step by step how to set it up, beginning with the package', async () => {
		const { description } = await submission();
		const [, setUp = ''] = /## How to set it up\n(.*?)\n## /s.exec(description) ?? [];
		const steps = setUp.trim().split('\n');
		expect(steps.map((step) => step.slice(0, 2))).toEqual(['1.', '2.', '3.', '4.']);
		expect(steps[0]).toContain('`n8n-nodes-fetchhive`');
	});

	it('names each node, and has a sticky note', async () => {
		const { description, workflow } = await submission();
		const types = workflow.nodes.map(({ type }) => type);
		expect(types).toContain('n8n-nodes-base.stickyNote');
		const nodes = workflow.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
		for (const node of nodes)
			expect(description).toMatch(new RegExp(`^\\d+\\. ${escaped(node.name)}$`, 'm'));
	});
});

const escaped = (text: string) => text.replaceAll(/[?.*+^$()[\]{}|\\]/g, '\\$&');

it('has words for no example that is gone', () => {
	expect(Object.keys(TEXTS).sort()).toEqual(exampleNames());
});

it('refuses an example that has no words yet, and says where they belong', async () => {
	const example = await readExample('workflow-invoke');
	expect(() => submissionOf('new-example', example)).toThrow('playground/templates/texts.js');
});

it('refuses a credential that has no words yet', async () => {
	const example = await readExample('workflow-invoke');
	const [note, ...nodes] = example.nodes;
	const other = { ...nodes[0], credentials: { slackApi: { id: null, name: 'Slack' } } };
	expect(() => submissionOf('workflow-invoke', { ...example, nodes: [note, other] })).toThrow(
		'slackApi',
	);
});
