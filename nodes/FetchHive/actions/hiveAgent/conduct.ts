import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { toBoolean } from '../../parameters/booleans';
import { isBlank } from '../../../shared/values/describe';
import { ParameterError } from '../../../shared/values/parameterError';

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

/** How a Hive Agent is to go about its objective. */
export const CONDUCT_OPTIONS = [BUDGET_POLICY, UNATTENDED];

/**
 * How an item's Hive Agent is to go about its objective; without a key for what is not set, which Fetch Hive decides.
 *
 * @throws ParameterError when an expression gives something else than the fields take.
 */
export function readConduct(
	context: IExecuteFunctions,
	itemIndex: number,
): { unattended?: boolean; budget_policy?: string } {
	const unattended = context.getNodeParameter('options.unattended', itemIndex, '');
	return {
		unattended: isBlank(unattended) ? undefined : toBoolean(unattended, "'Unattended'"),
		budget_policy: readBudgetPolicy(context, itemIndex),
	};
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
