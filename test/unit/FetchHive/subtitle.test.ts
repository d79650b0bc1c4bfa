import type { INodeParameters, INodePropertyOptions } from 'n8n-workflow';

import { operations } from '../../../nodes/FetchHive/actions/resources';
import { FetchHive } from '../../../nodes/FetchHive/FetchHive.node';
import { subtitleOnCanvas } from '../canvas';

const { description } = new FetchHive();
const subtitle = (parameters: INodeParameters) => subtitleOnCanvas(description, parameters);

/** The name that the panel shows for a value of one of its lists. */
function nameInPanel(list: string, value: string, resource?: string) {
	const [{ options = [] }] = description.properties.filter(
		({ name, displayOptions }) =>
			name === list && (!resource || displayOptions?.show?.resource?.includes(resource)),
	);
	return (options as INodePropertyOptions[]).find((option) => option.value === value)?.name;
}

const PAIRS = Object.entries(operations).flatMap(([resource, byName]) =>
	Object.keys(byName).map((operation) => ({ resource, operation })),
);

it.each(PAIRS)('says $resource $operation as the panel does', ({ resource, operation }) => {
	const names = [nameInPanel('resource', resource), nameInPanel('operation', operation, resource)];
	expect(names).toEqual([expect.any(String), expect.any(String)]);
	expect(subtitle({ resource, operation })).toBe(names.join(': '));
});

it('reads as a person would say it', () => {
	expect(PAIRS.map(subtitle)).toEqual([
		'Agent: Send Message',
		'Agent: Send Message and Wait',
		'Agent: Send Message Async',
		'Delegation: Cancel',
		'Delegation: Get',
		'Delegation: Get Many',
		'Hive Agent: Invoke and Wait',
		'Hive Agent: Invoke Async',
		'Prompt: Invoke',
		'Request: Get Status',
		'Workflow: Invoke',
		'Workflow: Invoke and Wait',
		'Workflow: Invoke Async',
	]);
});

it.each([
	['a name', 'summarise-topic', 'Invoke: summarise-topic'],
	['nothing', '', 'Workflow: Invoke'],
	['an expression', '={{ $json.deployment }}', 'Invoke: {{ $json.deployment }}'],
	['a broken expression', '={{ ((( }}', 'Invoke: {{ ((( }}'],
])('names the deployment where the field holds %s', (_what, deployment, expected) => {
	expect(subtitle({ resource: 'workflow', operation: 'invoke', deployment })).toBe(expected);
});

it.each([
	['the JSON alone', '{\n "variant": "b", "deployment" : "a b"}', 'Invoke: a b'],
	['a command', `curl -d '{"deployment":"ask","variant":"b"}'`, 'Invoke: ask'],
	['double quotes', 'curl -d "{\\"deployment\\": \\"ask\\"}"', 'Invoke: ask'],
	['no deployment', 'curl', 'Prompt: Invoke'],
])('names the deployment of a code snippet: %s', (_what, codeSnippet, expected) => {
	const parameters = { resource: 'prompt', operation: 'invoke', deployment: 'other' };
	expect(subtitle({ ...parameters, specifyRun: 'snippet', codeSnippet })).toBe(expected);
});

it('names no deployment for what has none, even where a file brings one', () => {
	expect(subtitle({ resource: 'agent', operation: 'invoke', deployment: 'x' })).toBe(
		'Agent: Send Message',
	);
});

it('says what a node does whose parameters are the defaults', () => {
	expect(subtitle({})).toBe('Workflow: Invoke');
});

it.each([
	['that is in no list', { operation: 'cancel' }, 'workflow: cancel'],
	['of another resource', { resource: 'prompt', operation: 'get' }, 'prompt: get'],
	["that is a name of JavaScript's", { operation: 'constructor' }, 'workflow: constructor'],
	// Both lists take no expressions: n8n does not evaluate one that a file brings.
	['of an expression', { operation: '={{ $json.do }}' }, 'workflow: {{ $json.do }}'],
	['of a broken expression', { operation: '={{ ((( }}' }, 'workflow: {{ ((( }}'],
])('shows an operation %s as it is saved', (_what, parameters, expected) => {
	expect(subtitle(parameters)).toBe(expected);
});
