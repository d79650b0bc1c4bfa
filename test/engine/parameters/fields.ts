import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { FetchHive } from '../../../nodes/FetchHive/FetchHive.node';

/** A field of the node's panel that takes a value. */
export interface Field {
	/** Such as `inputs.input[0].arrayValue`. */
	path: string;
	/** Parameters with this value in the field, and with what makes n8n show the field. */
	parametersWith(value: unknown): IDataObject;
}

/** Fields that say which operation it is, or show a text. */
const NO_VALUE = ['resource', 'operation'];

const ROW = { name: 'topic' };

/** All fields that an operation shows, those in collections and rows included. */
export function fieldsOf(shown: { resource: string; operation: string }): Field[] {
	return new FetchHive().description.properties
		.filter(({ name, type }) => !NO_VALUE.includes(name) && type !== 'notice')
		.filter((property) => isShown(property, shown))
		.flatMap((property) => fieldsIn(property));
}

function isShown({ displayOptions }: INodeProperties, shown: Record<string, string>): boolean {
	return ['resource', 'operation'].every((key) => {
		const values = displayOptions?.show?.[key];
		return values === undefined || (values as unknown[]).includes(shown[key]);
	});
}

/** What other fields must hold for this one to be shown. */
function conditionsOf({ displayOptions }: INodeProperties): IDataObject {
	const others = Object.entries(displayOptions?.show ?? {}).filter(
		([key]) => !NO_VALUE.includes(key) && !key.startsWith('@'),
	);
	return Object.fromEntries(others.map(([key, values]) => [key, (values as string[])[0]]));
}

function fieldsIn(property: INodeProperties): Field[] {
	const { name, options = [], type } = property;
	const conditions = conditionsOf(property);
	const within = (path: string, wrap: (value: IDataObject) => IDataObject) => (inner: Field) => ({
		path: `${path}.${inner.path}`,
		parametersWith: (value: unknown) => ({
			...conditions,
			[name]: wrap(inner.parametersWith(value)),
		}),
	});
	if (type === 'collection') {
		return (options as INodeProperties[]).flatMap(fieldsIn).map(within(name, (value) => value));
	}
	if (type === 'fixedCollection') {
		return (options as INodePropertyCollection[]).flatMap((group) =>
			group.values
				.flatMap(fieldsIn)
				.map(within(`${name}.${group.name}[0]`, (row) => ({ [group.name]: [{ ...ROW, ...row }] }))),
		);
	}
	return [
		{ path: name, parametersWith: (value) => ({ ...conditions, [name]: value as IDataObject }) },
	];
}
