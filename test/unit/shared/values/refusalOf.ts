import { ParameterError } from '../../../../nodes/shared/values/parameterError';

/** The ParameterError that a call throws, with something to do about it; any other error, or none, fails the test. */
export function refusalOf(act: () => unknown): ParameterError {
	let thrown: unknown;
	try {
		act();
	} catch (error) {
		thrown = error;
	}
	expect(thrown).toBeInstanceOf(ParameterError);
	const refusal = thrown as ParameterError;
	expect(refusal.message).not.toBe('');
	expect(refusal.description).toEqual(expect.stringMatching(/^(?!undefined)\S.+/));
	return refusal;
}
