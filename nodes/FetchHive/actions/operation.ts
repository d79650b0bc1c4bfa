import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { ApiRequest } from '../../shared/api/transport';
import type { PreparedCall } from '../call/call';

/** One operation of the node: how it looks and what it does, in one file each. */
export interface Operation {
	/** Its entry in the Operation list. */
	option: INodePropertyOptions;
	/** Its parameters, without display options: `properties.ts` adds those. */
	parameters: INodeProperties[];
	/**
	 * Reads and checks the parameters of one item. Sends nothing, so that a wrong parameter of the last item is found
	 * before the first item starts a run.
	 *
	 * @throws ParameterError when something cannot be sent.
	 */
	prepare(context: IExecuteFunctions, itemIndex: number): Promise<PreparedCall>;
}

/** An item's request without method and path, which its operation adds. */
export type RequestOfItem = Omit<ApiRequest, 'method' | 'path'> & { body: IDataObject };

/** What runs in Fetch Hive, or is looked up there, and what can be done with it. */
export interface Resource {
	/** Its entry in the Resource list. */
	option: INodePropertyOptions & { value: string };
	/** By their `operation` value, in the order of the Operation list. */
	operations: Readonly<Record<string, Operation>>;
	defaultOperation: string;
}
