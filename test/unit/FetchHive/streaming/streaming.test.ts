import type { IExecuteFunctions } from 'n8n-workflow';

import { readStreaming } from '../../../../nodes/FetchHive/streaming/streaming';

/** An execution of an n8n, as far as it decides whether an answer is streamed. */
function execution(more: object, option?: unknown) {
	const context = {
		getNode: () => ({ type: 'n8n-nodes-fetchhive.fetchHive' }),
		getNodeParameter: (_name: string, _itemIndex: number, fallback: unknown) => option ?? fallback,
		...more,
	};
	return context as unknown as IExecuteFunctions;
}

it.each<[string, boolean, IExecuteFunctions]>([
	['an execution that streams', true, execution({ isStreaming: () => true })],
	['one that does not', false, execution({ isStreaming: () => false })],
	['an n8n that does not know streaming', false, execution({})],
	['the option off', false, execution({ isStreaming: () => true }, false)],
	['an expression that says it is off', false, execution({ isStreaming: () => true }, 'false')],
	['an expression that says nothing', true, execution({ isStreaming: () => true }, '')],
	[
		'a tool',
		false,
		execution({
			isStreaming: () => true,
			getNode: () => ({ type: 'n8n-nodes-fetchhive.fetchHiveTool' }),
		}),
	],
])('for %s says %s', (_case, expected, context) => {
	expect(readStreaming(context, 0)).toBe(expected);
});
