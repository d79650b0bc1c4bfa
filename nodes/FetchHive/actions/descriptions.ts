/*
 * What the Operation list says beside the operations that a workflow and a Hive Agent share. One reads it to choose:
 * how long the run takes, where the result arrives, and what it needs.
 */

export const PAUSES =
	'For runs of minutes to days: n8n pauses until Fetch Hive calls back. Needs a public address; one item at a time.';

export const STARTS_ONLY =
	'Only starts the run. A Fetch Hive Trigger in another workflow gets the output';
