import type { INodePropertyOptions } from 'n8n-workflow';

/** What a callback can say, by the group that `readCallback` puts it into. */
export const triggerOnOptions: INodePropertyOptions[] = [
	{
		name: 'Run Completed',
		value: 'completed',
		description: 'The run brought its output',
	},
	{
		name: 'Run Failed',
		value: 'failed',
		description: 'The run failed, was cancelled or expired',
	},
	{
		name: 'Progress and Other Events',
		value: 'other',
		description: 'News of a run that has not finished, without an output, or a new kind of event',
	},
];

const names = Object.fromEntries(triggerOnOptions.map(({ name, value }) => [value, name]));

/** The line below the trigger's name on the canvas: what it starts on, as the panel's list names it. */
export const triggerSubtitle = `={{ [].concat($parameter["triggerOn"]).map((group) => (${JSON.stringify(names)})[group] ?? group).join(", ") }}`;
