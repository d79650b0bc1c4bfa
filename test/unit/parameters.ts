import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

/** A parameter and all that stand in it: the rows of a fixed collection, the options of a collection. */
export function withNested(parameter: INodeProperties): INodeProperties[] {
	const nested = (parameter.options ?? []).flatMap((option) => {
		if ('values' in option) return (option as INodePropertyCollection).values;
		return 'type' in option ? [option as INodeProperties] : [];
	});
	return [parameter, ...nested.flatMap(withNested)];
}
