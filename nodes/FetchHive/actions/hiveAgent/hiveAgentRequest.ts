import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ParameterError } from '../../../shared/values/parameterError';
import { isBlank } from '../../../shared/values/value';
import type { CallbackDelivery } from '../../parameters/callbackUrl';
import { METADATA_JSON, readMetadata } from '../../parameters/metadata';
import { readTimeoutSeconds, START_TIMEOUT } from '../../parameters/options';
import { readRequiredText, toBoolean } from '../../parameters/scalars';
import { ONLY_THE_USER_KNOWS } from '../../parameters/sharedTexts';
import type { RequestOfItem } from '../operation';
import { readSources, SOURCES } from './sources';

const BUDGET_POLICIES = ['proceed_to_cap', 'stop'];

const BUDGET_POLICY: INodeProperties = {
	displayName: 'Budget Policy',
	name: 'budgetPolicy',
	type: 'options',
	options: [
		{ name: 'Proceed to Cap', value: 'proceed_to_cap' },
		{ name: 'Stop', value: 'stop' },
	],
	default: 'stop',
	description:
		'What an unattended run does when its budget in Fetch Hive is used up: spend up to the cap, or stop and fail. Matters only with Unattended.',
};

const UNATTENDED: INodeProperties = {
	displayName: 'Unattended',
	name: 'unattended',
	type: 'boolean',
	default: false,
	description:
		'Whether the run goes on without asking a person in Fetch Hive, also when its budget is used up. What it does then is set by Budget Policy.',
};

/** Undefined for what is not set, which Fetch Hive then decides. */
function readUnattended(context: IExecuteFunctions, itemIndex: number): boolean | undefined {
	const value: unknown = context.getNodeParameter('options.unattended', itemIndex, '');
	return isBlank(value) ? undefined : toBoolean(value, "'Unattended'");
}

function readBudgetPolicy(context: IExecuteFunctions, itemIndex: number): string | undefined {
	const value: unknown = context.getNodeParameter('options.budgetPolicy', itemIndex, '');
	if (isBlank(value)) return undefined;
	if (typeof value === 'string' && BUDGET_POLICIES.includes(value)) return value;
	throw new ParameterError(
		"'Budget Policy' has an unknown value",
		`Use one of: ${BUDGET_POLICIES.join(', ')}.`,
	);
}

const HIVE_AGENT_ID: INodeProperties = {
	displayName: 'Hive Agent ID',
	name: 'hiveAgentId',
	type: 'string',
	required: true,
	default: '',
	description:
		'ID of the Hive Agent: open it in Fetch Hive and select Code Snippet, which names it as hive_agent',
	hint: 'Copy it from Code Snippet of the Hive Agent in Fetch Hive',
	builderHint: ONLY_THE_USER_KNOWS,
};

const OBJECTIVE: INodeProperties = {
	displayName: 'Objective',
	name: 'objective',
	type: 'string',
	required: true,
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. Compare our prices with those of our three largest competitors',
	description: 'What the Hive Agent should achieve',
};

/** What every way of invoking a Hive Agent asks for, before the metadata. */
export const hiveAgentFields = [HIVE_AGENT_ID, OBJECTIVE];

/** For every way of invoking a Hive Agent. */
export const HIVE_AGENT_OPTIONS = [
	BUDGET_POLICY,
	METADATA_JSON,
	SOURCES,
	START_TIMEOUT,
	UNATTENDED,
];

/**
 * The request that starts a Hive Agent for an item.
 *
 * @param async A Hive Agent always delivers its result by callback.
 * @throws ParameterError when a parameter cannot be sent.
 */
export function hiveAgentRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	async: CallbackDelivery,
): RequestOfItem {
	const hiveAgentId = readRequiredText(
		context,
		HIVE_AGENT_ID,
		itemIndex,
		'Copy it from Fetch Hive.',
	).trim();
	const body = {
		hive_agent: hiveAgentId,
		objective: readRequiredText(
			context,
			OBJECTIVE,
			itemIndex,
			'Enter what the Hive Agent should achieve.',
		),
		async,
		unattended: readUnattended(context, itemIndex),
		budget_policy: readBudgetPolicy(context, itemIndex),
		sources: readSources(context, itemIndex),
		metadata: readMetadata(context, itemIndex),
	};
	return {
		body,
		timeoutSeconds: readTimeoutSeconds(context, itemIndex),
		named: {
			what: `the Hive Agent '${hiveAgentId}'`,
			advice: "Compare the 'Hive Agent ID' with Code Snippet in Fetch Hive.",
		},
	};
}
