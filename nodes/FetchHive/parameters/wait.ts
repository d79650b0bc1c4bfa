import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ParameterError } from '../../shared/values/parameterError';
import { numberIn } from '../../shared/values/value';

const MS_PER_UNIT = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };
type WaitUnit = keyof typeof MS_PER_UNIT;

/** n8n looks for waits that are over once a minute. */
const MIN_WAIT_MS = MS_PER_UNIT.minutes;
/** Ten years: longer is a typing error, and much larger numbers are no valid date. */
const MAX_WAIT_MS = 3650 * MS_PER_UNIT.days;

/** How long an execution waits for a run, and what happens then. */
export interface WaitLimit {
	ms: number;
	/** As the user has entered it, such as `24 hours`. */
	text: string;
	/** Whether the execution continues when the time is up; otherwise the node fails. */
	continues: boolean;
}

/** The fields of a wait. */
export const waitFields: INodeProperties[] = [
	{
		displayName:
			'A run that ends in less than a second can lose its result. Use this operation for longer runs.',
		name: 'quickRunNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Wait At Most',
		name: 'waitAmount',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 24,
		description: 'How long to wait for the result',
	},
	{
		displayName: 'Wait Unit',
		name: 'waitUnit',
		type: 'options',
		options: [
			{ name: 'Minutes', value: 'minutes' },
			{ name: 'Hours', value: 'hours' },
			{ name: 'Days', value: 'days' },
		],
		default: 'hours',
		description: 'The unit of Wait At Most',
	},
	{
		displayName: 'When the Time Is Up',
		name: 'whenTimeIsUp',
		type: 'options',
		options: [
			{
				name: 'Continue',
				value: 'continue',
				description: 'The next node gets the input, with the run_status "timed_out"',
			},
			{
				name: 'Fail',
				value: 'fail',
				description: 'The node fails, as set under On Error. The error names the run.',
			},
		],
		default: 'fail',
		description: 'What to do when no result has come. The run itself is not stopped.',
	},
];

/**
 * How long to wait for the run of an item.
 *
 * @throws ParameterError when it is under a minute, over ten years, or not a time; or when the choice for its end is
 * unknown.
 */
export function readWaitLimit(context: IExecuteFunctions, itemIndex: number): WaitLimit {
	const amount: unknown = context.getNodeParameter('waitAmount', itemIndex, 24);
	const unit: unknown = context.getNodeParameter('waitUnit', itemIndex, 'hours');
	if (!isWaitUnit(unit)) {
		throw new ParameterError("'Wait Unit' has an unknown value", 'Choose minutes, hours or days.');
	}
	const ms = numberIn(amount) * MS_PER_UNIT[unit];
	if (ms >= MIN_WAIT_MS && ms <= MAX_WAIT_MS) {
		const text = `${numberIn(amount)} ${numberIn(amount) === 1 ? unit.slice(0, -1) : unit}`;
		return { ms, text, continues: readContinues(context, itemIndex) };
	}
	throw new ParameterError(
		"'Wait At Most' is out of range",
		'Enter at least one minute and at most ten years, such as 24 hours.',
	);
}

function readContinues(context: IExecuteFunctions, itemIndex: number): boolean {
	const choice: unknown = context.getNodeParameter('whenTimeIsUp', itemIndex, 'fail');
	if (choice === 'fail' || choice === 'continue') return choice === 'continue';
	throw new ParameterError(
		"'When the Time Is Up' has an unknown value",
		'Choose Fail or Continue.',
	);
}

function isWaitUnit(unit: unknown): unit is WaitUnit {
	return typeof unit === 'string' && Object.hasOwn(MS_PER_UNIT, unit);
}
