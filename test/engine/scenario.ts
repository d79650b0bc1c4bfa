import type { INodeParameters } from 'n8n-workflow';

import type { Emulator } from '../../playground/emulator';
import { startEmulator } from '../../playground/emulator';
import type { FetchHiveWorkflow } from './fetchHiveWorkflow';
import { runFetchHive } from './fetchHiveWorkflow';
import { LeakCheck } from './leaks';
import { withOutgoing } from './outgoing';
import type { WorkflowRun } from './runWorkflow';
import { errorOf } from './runWorkflow';

type EmulatorOptions = NonNullable<Parameters<typeof startEmulator>[0]>;

interface Refused extends Partial<FetchHiveWorkflow> {
	/** How its description goes. */
	advice?: RegExp;
}

export interface Scenario {
	emulator: Emulator;
	/** Runs a workflow with the node's parameters on top of the scenario's own. */
	run(parameters: INodeParameters, more?: Partial<FetchHiveWorkflow>): Promise<WorkflowRun>;
	/** Asserts that the parameters are refused with such a message, and that nothing was sent, to whatever API. */
	expectRefused(parameters: INodeParameters, message: RegExp, more?: Refused): Promise<WorkflowRun>;
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
		expectRefused: async (parameters, message, { advice = /./, ...more } = {}) => {
			const { outgoing, result } = await withOutgoing(
				async () => await scenario.run(parameters, more),
			);
			expect(errorOf(result)).toMatchObject({
				name: 'NodeOperationError',
				message: expect.stringMatching(message),
				description: expect.stringMatching(advice),
			});
			expect(outgoing).toEqual([]);
			return result;
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
