import type {
	FieldType,
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeProperties,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { ParameterError } from '../../shared/values/parameterError';
import { isEmpty, isRecord } from '../../shared/values/value';
import type { SnippetRun } from './codeSnippet';
import { readSnippet } from './codeSnippet';
import { FROM_SNIPPET } from './deployment';
import type { InputRow } from './inputs';
import { inputsFromRows, LEAVE_OUT_EMPTY_INPUTS } from './inputs';
import { readBooleanOption } from './scalars';
import { ONLY_THE_USER_KNOWS } from './sharedTexts';

/** The snippet, instead of the names of deployment and variant. */
export const CODE_SNIPPET: INodeProperties = {
	displayName: 'Code Snippet',
	name: 'codeSnippet',
	type: 'string',
	typeOptions: { rows: 8 },
	noDataExpression: true,
	required: true,
	default: '',
	placeholder: "e.g. curl 'https://api.fetchhive.com/v1/workflow/invoke' --data-raw '{ ... }'",
	displayOptions: { show: FROM_SNIPPET },
	description:
		'The cURL command that Code Snippet in Fetch Hive shows, or its JSON alone. Deployment, variant and inputs are taken from it, its metadata and callback settings are not. Pasting another snippet starts the inputs anew.',
	hint: 'n8n saves what you paste: remove the Authorization line if it holds your API key',
	builderHint: ONLY_THE_USER_KNOWS,
};

/** The inputs of the snippet, each as a field of its type. */
export const SNIPPET_INPUTS: INodeProperties = {
	displayName: 'Inputs',
	name: 'snippetInputs',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	displayOptions: { show: FROM_SNIPPET },
	description: 'The inputs of the snippet. An input that is empty or removed is not sent.',
	typeOptions: {
		loadOptionsDependsOn: ['codeSnippet'],
		resourceMapper: {
			resourceMapperMethod: 'snippetInputs',
			valuesLabel: 'Inputs',
			mode: 'map',
			fieldWords: { singular: 'input', plural: 'inputs' },
			addAllFields: true,
			multiKeyMatch: false,
			supportAutoMap: false,
		},
	},
};

/** Deployment, variant and inputs of an item as they are sent. */
export interface DeploymentRun {
	deployment: string;
	variant: string;
	inputs: IDataObject | undefined;
}

/**
 * The run of an item's code snippet, with the values of the fields for its inputs.
 *
 * @param resource What the snippet must be of.
 * @throws ParameterError about the snippet, or naming the input that cannot be sent.
 */
export function readSnippetRun(
	context: IExecuteFunctions,
	itemIndex: number,
	resource: string,
): DeploymentRun {
	const snippet = readSnippet(context.getNodeParameter(CODE_SNIPPET.name, itemIndex, ''), resource);
	const values = filledIn(context, itemIndex) ?? withoutEmpty(snippet.inputs, snippet.inputs);
	const leaveOutEmpty = readBooleanOption(context, LEAVE_OUT_EMPTY_INPUTS, itemIndex);
	return { ...snippet, inputs: inputsFromRows(rowsOf(values, snippet), leaveOutEmpty) };
}

/**
 * The values of the fields, without those that were left empty.
 *
 * @returns undefined when the editor has not made the fields yet, as right after pasting: then the snippet's values count.
 */
function filledIn(context: IExecuteFunctions, itemIndex: number): IDataObject | undefined {
	const stored: unknown = context.getNode().parameters[SNIPPET_INPUTS.name];
	if (!isRecord(stored) || !isRecord(stored.value)) return undefined;
	const isMade =
		Object.keys(stored.value).length > 0 || Object.keys(stored.schema ?? []).length > 0;
	if (!isMade) return undefined;
	// n8n's own check would refuse a value without advice. Our checks are those of the other inputs.
	const given = { skipValidation: true };
	const values = context.getNodeParameter(`${SNIPPET_INPUTS.name}.value`, itemIndex, {}, given);
	return withoutEmpty(values as IDataObject, stored.value);
}

/** What was filled in decides: an expression that gives nothing is an error, as everywhere. */
function withoutEmpty(values: IDataObject, filled: IDataObject): IDataObject {
	const isFilled = ([name]: [string, unknown]) => !isEmpty(filled[name]);
	return Object.fromEntries(Object.entries(values).filter(isFilled));
}

function rowsOf(values: IDataObject, { inputs }: SnippetRun): InputRow[] {
	const types = new Map(Object.entries(inputs).map(([name, value]) => [name, typeOf(value)]));
	return Object.entries(values).map(([name, value]) => {
		const type = types.get(name);
		if (type !== undefined) return { name, type, [`${type}Value`]: value };
		throw new ParameterError(
			`'Code Snippet' has no input '${name}'`,
			'Open the node and refresh its list of inputs, or paste the snippet that has it.',
		);
	});
}

/** The types of input rows. The resource mapper has the same names for them. */
type InputType = FieldType & ('array' | 'boolean' | 'number' | 'object' | 'string');

function typeOf(value: unknown): InputType {
	if (Array.isArray(value)) return 'array';
	if (isRecord(value)) return 'object';
	const kind = typeof value;
	return kind === 'number' || kind === 'boolean' ? kind : 'string';
}

/**
 * The fields that the editor shows for the inputs of the snippet, or a notice why there are none. Sends nothing.
 */
export async function snippetInputs(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	try {
		const resource = String(this.getCurrentNodeParameter('resource'));
		const { inputs } = readSnippet(this.getCurrentNodeParameter(CODE_SNIPPET.name), resource);
		return {
			fields: Object.entries(inputs).map(mapperField),
			emptyFieldsNotice: 'The snippet has no inputs',
		};
	} catch (error) {
		// readSnippet throws nothing else.
		const { message, description } = error as ParameterError;
		return { fields: [], emptyFieldsNotice: `${message}. ${description}` };
	}
}

function mapperField([name, value]: [string, unknown]): ResourceMapperField {
	return {
		id: name,
		displayName: name,
		type: typeOf(value),
		required: false,
		display: true,
		defaultMatch: false,
		defaultValue: firstValue(value),
	};
}

/** The field's first value. A text that begins with = would be an expression, so the user has to enter it. */
function firstValue(value: unknown): ResourceMapperField['defaultValue'] {
	if (typeof value === 'string') return value.startsWith('=') ? null : value;
	if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
	return JSON.stringify(value);
}
