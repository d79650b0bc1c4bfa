const { numberOf } = require('./exampleOrder');

/**
 * @typedef {import('./exampleOrder').ExampleName} ExampleName
 *
 * @typedef {object} Ways what the n8n of this start can do
 * @property {boolean} isEmulated whether the emulator is there, which knows every deployment that the examples name
 * @property {boolean} canWait whether a callback can reach the n8n
 * @property {boolean} canReceive whether one can be verified there, too
 */

const READY = '**Ready to run here:** select *Execute workflow*.';

/** The examples that run the one deployment of a real service that npm start is told. */
const RUN_ANY_DEPLOYMENT = [
	'workflow-invoke',
	'workflow-invoke-and-wait',
	'workflow-invoke-async',
	'fetch-hive-trigger',
	'sheet-rows',
	'scheduled-digest',
	'mail-the-result',
	'ai-agent-tool',
];
const NEED_TO_WAIT = ['workflow-invoke-and-wait', 'hive-agent-invoke-and-wait'];
/** They listen only, so npm start publishes them. @type {ExampleName[]} */
const LISTENING = ['fetch-hive-trigger', 'collect-many-callbacks'];
const NEED_TO_RECEIVE = ['workflow-invoke-async', 'collect-many', ...LISTENING];
const PICK_A_MODEL =
	'**To run it here:** pick a credential in *OpenAI Chat Model*, then select *Execute workflow*.';

/** @type {Partial<Record<ExampleName, string>>} */
const OTHER_WORDS = {
	'workflow-invoke-async': `${READY} Its callback then starts number ${numberOf('fetch-hive-trigger')}: look at the **Executions** of that one.`,
	'fetch-hive-trigger': `**Ready here:** it is published already. Run number ${numberOf('workflow-invoke-async')}, then look at the **Executions** of this one.`,
	'collect-many': `${READY} Number ${numberOf('collect-many-callbacks')}, which receives its callbacks, is published already.`,
	'collect-many-callbacks': `**Ready here:** it is published already. Run number ${numberOf('collect-many')}, then look at the **Executions** of this one.`,
	'streaming-chat': '**Ready to run here:** select *Open chat* and write something.',
	'mail-the-result':
		'**To run it here:** pick a credential in *Send Email*, then select *Execute workflow*.',
	'ai-agent-tool': PICK_A_MODEL,
	'ai-agent-waiting-tool': PICK_A_MODEL,
	'ai-agent-approved-tool':
		'**To run it here:** pick credentials in *OpenAI Chat Model* and in *Ask for Approval*, then select *Execute workflow*.',
};

/**
 * What the note of an example says first, in the n8n of npm start.
 *
 * @param {ExampleName} name
 * @param {Ways} ways
 * @returns {string | undefined} undefined when the example does not run there before it was changed
 */
function readyWords(name, { isEmulated, canWait, canReceive }) {
	if (!isEmulated && !RUN_ANY_DEPLOYMENT.includes(name)) return undefined;
	if (!canWait && NEED_TO_WAIT.includes(name)) return undefined;
	if (!canReceive && NEED_TO_RECEIVE.includes(name)) return undefined;
	return OTHER_WORDS[name] ?? READY;
}

module.exports = { LISTENING, readyWords };
