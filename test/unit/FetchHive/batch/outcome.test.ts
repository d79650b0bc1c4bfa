import { isSettled, outcomeOf } from '../../../../nodes/FetchHive/batch/outcome';
import { ParameterError } from '../../../../nodes/shared/values/parameterError';
import { FetchHiveError } from '../../../../nodes/shared/api/fetchHiveError';

const outcomeOfThrown = async (thrown: unknown) =>
	await outcomeOf(async () => {
		throw thrown;
	});

it.each([
	['a run that failed', new FetchHiveError('No.', { description: '', mayHaveStarted: true })],
	['a parameter', new ParameterError('No.', '')],
])('a failure that is foreseen stays as it is: %s', async (_case, thrown) => {
	expect(await outcomeOfThrown(thrown)).toEqual({ failure: thrown });
});

it('a fault that nobody foresaw counts as one of a run that may have been started', async () => {
	const outcome = await outcomeOfThrown(new TypeError('x is not a function'));
	expect(outcome).toMatchObject({
		failure: {
			message: 'x is not a function',
			details: { mayHaveStarted: true, description: expect.stringContaining('not sent again') },
		},
	});
	expect(isSettled(outcome)).toBe(true);
});
