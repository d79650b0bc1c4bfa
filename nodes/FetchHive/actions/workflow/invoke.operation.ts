import { completedRun, withParsedOutput } from '../../../shared/runAnswer';
import { sendRequest } from '../../../shared/transport';
import { outputOptions, readParseOutput } from '../../fields/options';
import type { Operation } from '../operation';
import { runFields, runRequest } from './runRequest';

/** Runs a workflow deployment and waits for its output. */
export const invoke: Operation = {
	option: {
		name: 'Invoke',
		value: 'invoke',
		action: 'Invoke workflow',
		description: 'Run a workflow deployment and wait for its output',
	},
	parameters: [...runFields, outputOptions],
	async prepare(context, itemIndex) {
		const request = runRequest(context, itemIndex);
		const parseOutput = readParseOutput(context, itemIndex);
		return {
			async send() {
				const item = completedRun(await sendRequest(context, request));
				return { json: parseOutput ? withParsedOutput(item) : item };
			},
		};
	},
};
