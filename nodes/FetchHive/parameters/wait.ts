import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { numberIn } from '../../shared/json/records';
import { ParameterError } from '../../shared/values/parameterError';

const MS_PER_UNIT = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };
type WaitUnit = keyof typeof MS_PER_UNIT;

/** n8n looks for waits that are over once a minute. */
const MIN_WAIT_MS = MS_PER_UNIT.minutes;
/** Ten years: longer is a slip of the pen, and far larger numbers are no date any more. */
const MAX_WAIT_MS = 3650 * MS_PER_UNIT.days;

/** How long an execution waits for a run. */
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
		description:
			'How long to wait for the result. After that the execution continues with an item whose run_status is "timed_out".',
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
];

/**
 * How long to wait for the run of an item, in milliseconds.
 *
 * @throws ParameterError when it is under a minute, over ten years, or no length of time.
 */
export function readWaitMs(context: IExecuteFunctions, itemIndex: number): number {
	const amount: unknown = context.getNodeParameter('waitAmount', itemIndex, 24);
	const unit: unknown = context.getNodeParameter('waitUnit', itemIndex, 'hours');
	if (!isWaitUnit(unit)) {
		throw new ParameterError("'Wait Unit' has an unknown value", 'Choose minutes, hours or days.');
	}
	const waitMs = numberIn(amount) * MS_PER_UNIT[unit];
	if (waitMs >= MIN_WAIT_MS && waitMs <= MAX_WAIT_MS) return waitMs;
	throw new ParameterError(
		"'Wait At Most' is out of range",
		'Enter at least one minute and at most ten years, such as 24 hours.',
	);
}

function isWaitUnit(unit: unknown): unit is WaitUnit {
	return typeof unit === 'string' && Object.hasOwn(MS_PER_UNIT, unit);
}
