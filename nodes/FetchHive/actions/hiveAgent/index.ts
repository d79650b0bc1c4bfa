import type { Resource } from '../operation';
import { invokeAsync } from './invokeAsync.operation';

export const hiveAgent: Resource = {
	option: { name: 'Hive Agent', value: 'hiveAgent' },
	operations: { invokeAsync },
	defaultOperation: 'invokeAsync',
};
