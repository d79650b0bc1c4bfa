import type { Resource } from '../operation';
import { invokeAndWait } from './invokeAndWait.operation';
import { invokeAsync } from './invokeAsync.operation';

export const hiveAgent: Resource = {
	option: { name: 'Hive Agent', value: 'hiveAgent' },
	operations: { invokeAndWait, invokeAsync },
	defaultOperation: 'invokeAsync',
};
