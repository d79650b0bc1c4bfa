import type { Resource } from '../operation';
import { get } from './get.operation';

export const request: Resource = {
	option: { name: 'Request', value: 'request' },
	operations: { get },
	defaultOperation: 'get',
};
