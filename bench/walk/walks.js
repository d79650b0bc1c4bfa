const { join } = require('node:path');
const { Execution, SIGNING_SECRET } = require('./contexts');

const BUILT = join(__dirname, '..', '..', 'dist');
const { FetchHive } = require(join(BUILT, 'nodes/FetchHive/FetchHive.node.js'));
const { FetchHiveTrigger } = require(
	join(BUILT, 'nodes/FetchHiveTrigger/FetchHiveTrigger.node.js'),
);

const node = new FetchHive();
const trigger = new FetchHiveTrigger();

const ONE_RUN = {
	resource: 'workflow',
	deployment: 'summarise-topic',
	variant: 'production',
	specifyInputs: 'fields',
	inputs: { input: [{ name: 'topic', type: 'string', stringValue: 'bees' }] },
	metadata: { entry: [{ name: 'customer', type: 'string', stringValue: '42' }] },
	options: {},
};
const COMPLETED = { request_id: 'req_1', run_status: 'completed', output: 'Bees.' };
const ACCEPTED = { request_id: 'req_1', run_status: 'running', webhook_secret: SIGNING_SECRET };

let runs = 0;
/** Each of another run: this package remembers what it has seen. */
const callbackOf = (requestId = `req_of_callback_${(runs += 1)}`) => ({
	event_type: 'workflow.completed',
	request_id: requestId,
	data: { output: 'Bees.' },
});

/** @param {unknown} condition @param {string} what */
function expect(condition, what) {
	if (!condition) throw new Error(`The walk did not arrive: ${what}`);
}

async function invoke() {
	const execution = new Execution({ ...ONE_RUN, operation: 'invoke' }, [COMPLETED]);
	const [[item]] = await node.execute.call(/** @type {any} */ (execution.execute()));
	expect(item.json.output === 'Bees.', 'no output');
}

async function sleepingExecution() {
	const parameters = { ...ONE_RUN, operation: 'invokeAndWait', waitAmount: 24, waitUnit: 'hours' };
	const stillRunning = { request_id: 'req_1', status: 'running' };
	const execution = new Execution(parameters, [ACCEPTED, stillRunning]);
	const [[item]] = await node.execute.call(/** @type {any} */ (execution.execute()));
	expect(item.json.run_status === 'waiting', 'not asleep');
	return execution;
}

/** @param {Execution} sleeping */
async function wake(sleeping) {
	const url = sleeping.posted[0].async.callback_url;
	const context = /** @type {any} */ (sleeping.webhook(callbackOf('req_1'), url));
	const { workflowData } = await node.webhook.call(context);
	expect(workflowData?.[0][0].json.output === 'Bees.', 'not awake');
}

const TRIGGER = { triggerOn: ['completed', 'failed'], output: 'simplified', options: {} };

async function callTrigger() {
	const context = /** @type {any} */ (new Execution(TRIGGER, []).webhook(callbackOf()));
	const { workflowData } = await trigger.webhook.call(context);
	expect(workflowData?.[0][0].json.output === 'Bees.', 'no execution');
	return workflowData?.[0];
}

/** @param {any} items */
async function executeTrigger(items) {
	const execution = new Execution(TRIGGER, []);
	execution.entry.data.main[0] = items;
	const [[item]] = await trigger.execute.call(/** @type {any} */ (execution.execute()));
	expect(item.json.output === 'Bees.', 'a callback that came for the first time was left out');
}

/**
 * @typedef {object} Walk
 * @property {string} title
 * @property {number} goal at most so many files
 * @property {() => Promise<any>} [before] what the walk starts from; it is not a part of it
 * @property {(start: any) => Promise<unknown>} walk
 */

/** @type {Walk[]} */
const WALKS = [
	{ title: 'Workflow: Invoke, one item', goal: 28, walk: invoke },
	{ title: 'Invoke and Wait, until it sleeps', goal: 38, walk: sleepingExecution },
	{ title: 'A callback that wakes it', goal: 14, before: sleepingExecution, walk: wake },
	{ title: 'A callback to the trigger', goal: 14, walk: callTrigger },
	{
		title: 'The execution that it starts',
		goal: 5,
		before: callTrigger,
		walk: executeTrigger,
	},
];

module.exports = { BUILT, WALKS };
