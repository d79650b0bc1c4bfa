import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';

/** A field of a node's panel that takes a value. */
export interface Field {
	/** Such as `inputs.input[0].arrayValue`. */
	path: string;
	property: INodeProperties;
	/** Parameters with this value in the field, and with what makes n8n show the field. */
	parametersWith(value: unknown): IDataObject;
}

/** Fields that say which operation it is. */
const WHICH_OPERATION = ['resource', 'operation'];

const ROW = { name: 'topic' };

/** Inputs of every type, which the snippet of `EVERY_OPERATION` has, and one that it has not. */
const MAPPED = ['text', 'number', 'boolean', 'array', 'object', 'unknown'];

/** All fields that a node shows for an operation, those in collections and rows included. */
export function fieldsOf(
	properties: INodeProperties[],
	shown: { resource?: string; operation?: string },
): Field[] {
	return properties
		.filter(takesValue)
		.filter((property) => isShown(property, shown))
		.flatMap((property) => fieldsIn(property));
}

/** All fields that a node has, whatever shows them. */
export function everyField(properties: INodeProperties[]): INodeProperties[] {
	return properties.filter(takesValue).flatMap((property) => {
		const { options = [], type } = property;
		if (type === 'collection') return everyField(options as INodeProperties[]);
		if (type !== 'fixedCollection') return [property];
		return (options as INodePropertyCollection[]).flatMap(({ values }) => everyField(values));
	});
}

function takesValue({ name, type }: INodeProperties): boolean {
	return !WHICH_OPERATION.includes(name) && type !== 'notice';
}

function isShown(
	{ displayOptions }: INodeProperties,
	shown: { resource?: string; operation?: string },
): boolean {
	return (['resource', 'operation'] as const).every((key) => {
		const values = displayOptions?.show?.[key];
		return values === undefined || (values as unknown[]).includes(shown[key]);
	});
}

/** What other fields must hold for this one to be shown. */
function conditionsOf({ displayOptions }: INodeProperties): IDataObject {
	const others = Object.entries(displayOptions?.show ?? {}).filter(
		([key]) => !WHICH_OPERATION.includes(key) && !key.startsWith('@'),
	);
	return Object.fromEntries(others.map(([key, values]) => [key, (values as string[])[0]]));
}

function fieldsIn(property: INodeProperties): Field[] {
	const { name, options = [], type } = property;
	const conditions = conditionsOf(property);
	const within = (path: string, wrap: (value: IDataObject) => IDataObject) => (inner: Field) => ({
		path: `${path}.${inner.path}`,
		property: inner.property,
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
	if (type === 'resourceMapper') {
		return MAPPED.map((mapped) => ({
			path: `${name}.value.${mapped}`,
			property,
			parametersWith: (value) => ({
				...conditions,
				[name]: { mappingMode: 'defineBelow', value: { [mapped]: value }, schema: [] },
			}),
		}));
	}
	return [
		{
			path: name,
			property,
			parametersWith: (value) => ({ ...conditions, [name]: value as IDataObject }),
		},
	];
}
