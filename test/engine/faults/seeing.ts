import type { CallCase } from './callCases';
import type { Observation, Setting } from './observation';
import { observe, SETTINGS } from './observation';
import type { Operation } from './operations';
import { INVOCATIONS, LOOK_UPS, operationNamed, STREAMING } from './operations';

/** What was seen of one call. */
export interface Seen extends Observation {
	setting: Setting;
	operation: string;
}

/** What was seen of one fault. */
export interface Seeing {
	/** Of the operations that can start a run. */
	starting: Seen[];
	lookingUp: Seen[];
	/** One that the node may try again. */
	patient: Seen;
}

/** The one that the page tells of. */
export const EXAMPLE = operationNamed('workflow: invoke');

/**
 * Makes every operation meet a fault: those that can start a run in every setting, the others in one. Where that is
 * heavy, one call after the other: every operation in one setting, and every setting with one operation.
 */
export async function seeingOf({ isHeavy, open, timeoutSeconds }: CallCase): Promise<Seeing> {
	const settings = Object.keys(SETTINGS) as Setting[];
	const call =
		(operation: Operation, setting: Setting, maxRetryWait = 0) =>
		async () => ({
			...(await observe(open, operation, setting, { timeout: timeoutSeconds, maxRetryWait })),
			setting,
			operation: operation.name,
		});
	const starting = [
		...INVOCATIONS.flatMap((operation) =>
			settings
				.filter((setting) => !isHeavy || operation === EXAMPLE || setting === 'stop')
				.map((setting) => call(operation, setting)),
		),
		...STREAMING.map((operation) => call(operation, 'retryOnFail')),
	];
	const lookingUp = LOOK_UPS.map((operation) => call(operation, 'continueErrorOutput'));
	const calls = [...starting, ...lookingUp, call(EXAMPLE, 'stop', 1)];
	const seen = isHeavy
		? await inTurn(calls)
		: await Promise.all(calls.map(async (each) => await each()));
	return {
		starting: seen.slice(0, starting.length),
		lookingUp: seen.slice(starting.length, -1),
		patient: seen[seen.length - 1],
	};
}

async function inTurn<T>(calls: Array<() => Promise<T>>): Promise<T[]> {
	const results = [];
	for (const call of calls) results.push(await call());
	return results;
}
