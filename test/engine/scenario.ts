import type { INodeParameters } from 'n8n-workflow';

import type { Emulator } from '../../playground/emulator';
import { startEmulator } from '../../playground/emulator';
import type { FetchHiveWorkflow } from './fetchHiveWorkflow';
import { runFetchHive } from './fetchHiveWorkflow';
import { LeakCheck } from './leaks';
import type { WorkflowRun } from './runWorkflow';
import { errorOf } from './runWorkflow';

type EmulatorOptions = NonNullable<Parameters<typeof startEmulator>[0]>;

export interface Scenario {
	emulator: Emulator;
	/** Runs a workflow with the node's parameters on top of the scenario's own. */
	run(parameters: INodeParameters, more?: Partial<FetchHiveWorkflow>): Promise<WorkflowRun>;
	/** Asserts that the parameters are refused with such a message, and that nothing was sent. */
	expectRefused(parameters: INodeParameters, message: RegExp): Promise<void>;
}

/**
 * An emulator for all tests of a file, reset after each; and after each, a search of all that the runs and n8n's log
 * hold for the API key and the signing secrets.
 */
export function useScenario(common: INodeParameters, options?: EmulatorOptions): Scenario {
	const leaks = new LeakCheck();
	const scenario = {
		run: async (parameters, more = {}) =>
			leaks.keep(
				await runFetchHive({
					api: scenario.emulator,
					parameters: { resource: 'workflow', ...common, ...parameters },
					...more,
				}),
			),
		expectRefused: async (parameters, message) => {
			expect(errorOf(await scenario.run(parameters))).toMatchObject({
				name: 'NodeOperationError',
				message: expect.stringMatching(message),
				description: expect.any(String),
			});
			expect(scenario.emulator.requests).toEqual([]);
		},
	} as Scenario;
	beforeAll(async () => {
		leaks.watchLogs();
		scenario.emulator = await startEmulator(options);
	});
	afterEach(() => {
		leaks.expectNone(scenario.emulator);
		scenario.emulator.reset();
	});
	afterAll(async () => await scenario.emulator.close());
	return scenario;
}
