import type { IParameterBuilderHint } from 'n8n-workflow';

/*
 * n8n's AI workflow builder and its MCP server give these hints to a model, beside the descriptions (read in n8n 2.41; n8n
 * 1.123 and 2.8 ignore them). People never see them. n8n refuses to load a node with a hint on its Resource or Operation
 * list itself, so the entries of the list have them.
 */

/** For what the user copies from Fetch Hive. */
export const ONLY_THE_USER_KNOWS: IParameterBuilderHint = {
	propertyHint:
		'Only the user knows it, and nothing lists it. Use a placeholder unless the user has named it; never invent one.',
};

/** For the operations that put the execution to sleep. */
export const SLEEPS: IParameterBuilderHint = {
	propertyHint:
		'For runs of seconds to days, and where a person has to approve a step. The same execution continues with the result: add no Wait, Webhook or Fetch Hive Trigger node for it. Takes one item at a time: put Loop Over Items with batch size 1 in front of it. When the time is up, the node fails; with whenTimeIsUp set to continue the item has the run_status timed_out: branch on it.',
};

/** For the operations that start a run and do not wait for it. */
export const ONLY_STARTS: IParameterBuilderHint = {
	propertyHint:
		'Starts the run and brings no result: that starts another workflow, through its Fetch Hive Trigger. For many runs at the same time. Where the same workflow is to continue with the result, use invokeAndWait.',
};

/*
 * Descriptions in the Operation list that Workflow and Hive Agent share. They help to choose: how long the run takes, where
 * the result arrives, and what it needs.
 */

export const PAUSES =
	'For runs of minutes to days: n8n pauses until Fetch Hive calls back. Needs a public address; one item at a time.';

export const STARTS_ONLY =
	'Only starts the run. A Fetch Hive Trigger in another workflow gets the output';
