import type {
	ICredentialType,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

/** What of a parameter a saved workflow holds: changing any of it needs a new version of the node. */
export interface FrozenParameter {
	name: string;
	type: string;
	default?: unknown;
	values?: unknown[];
	show?: unknown;
	parameters?: FrozenParameter[];
}

/** A node's frozen names and values, without any text that users only read. */
export function frozenNode(description: INodeTypeDescription) {
	return {
		name: description.name,
		version: description.version,
		credentials: description.credentials?.map(({ name }) => name),
		webhooks: description.webhooks?.map(({ httpMethod, path }) => ({ httpMethod, path })),
		parameters: description.properties.filter(({ type }) => type !== 'notice').map(frozenParameter),
	};
}

/** A credential type's frozen names. */
export function frozenCredential({ name, properties }: ICredentialType) {
	return { name, parameters: frozenParameters(properties) };
}

/** A notice holds no value. */
function frozenParameters(properties: INodeProperties[]): FrozenParameter[] {
	return properties.filter(({ type }) => type !== 'notice').map(frozenParameter);
}

function frozenParameter(parameter: INodeProperties): FrozenParameter {
	const { name, type, options = [], displayOptions } = parameter;
	return {
		name,
		type,
		default: parameter.default,
		...(displayOptions?.show && { show: displayOptions.show }),
		...childrenOf(options),
	};
}

function childrenOf(options: NonNullable<INodeProperties['options']>) {
	const values = options.filter((option): option is INodePropertyOptions => 'value' in option);
	const groups = options.filter((option): option is INodePropertyCollection => 'values' in option);
	const members = options.filter((option): option is INodeProperties => 'type' in option);
	return {
		...(values.length > 0 && { values: values.map(({ value }) => value) }),
		...(groups.length > 0 && {
			parameters: groups.map((group) => ({
				name: group.name,
				type: 'group',
				parameters: group.values.map(frozenParameter),
			})),
		}),
		...(members.length > 0 && { parameters: members.map(frozenParameter) }),
	};
}
