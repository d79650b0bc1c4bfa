import type { Resource } from '../operation';
import { get } from './get.operation';

export const request: Resource = {
	option: {
		name: 'Request',
		value: 'request',
		description: 'Look up what became of a run',
		builderHint: {
			propertyHint:
				'Looks up a run by the request_id of an earlier item. Not for waiting in a loop: each look-up counts against a daily limit, and invokeAndWait needs none.',
		},
	},
	operations: { get },
	defaultOperation: 'get',
};
