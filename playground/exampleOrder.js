/** In the order of learning. The IDs are fixed, so that a second start finds what the first one made. */
const WORKFLOW_IDS = {
	'workflow-invoke': 'fetchHiveInvoke0',
	'workflow-invoke-and-wait': 'fetchHiveWait000',
	'workflow-invoke-async': 'fetchHiveAsync00',
	'fetch-hive-trigger': 'fetchHiveReceive',
	'prompt-invoke': 'fetchHivePrompt0',
	'agent-send-message': 'fetchHiveAgent00',
	'streaming-chat': 'fetchHiveChat000',
	'hive-agent-invoke-and-wait': 'fetchHiveHive000',
	'many-items': 'fetchHiveFanOut0',
	'sheet-rows': 'fetchHiveSheet00',
	'collect-many': 'fetchHiveCollect',
	'collect-many-callbacks': 'fetchHiveCallbac',
	'download-assets': 'fetchHiveImage00',
	'scheduled-digest': 'fetchHiveDigest0',
	'mail-the-result': 'fetchHiveMail000',
	'ai-agent-tool': 'fetchHiveTool000',
	'ai-agent-waiting-tool': 'fetchHiveToolWa0',
	'ai-agent-approved-tool': 'fetchHiveToolAp0',
};

/** @typedef {keyof typeof WORKFLOW_IDS} ExampleName */

const EXAMPLE_NAMES = /** @type {ExampleName[]} */ (Object.keys(WORKFLOW_IDS));

/**
 * @param {ExampleName} name
 * @returns {string} the number of the example, of two digits: n8n sorts names as text
 */
function numberOf(name) {
	return String(EXAMPLE_NAMES.indexOf(name) + 1).padStart(2, '0');
}

module.exports = { EXAMPLE_NAMES, WORKFLOW_IDS, numberOf };
