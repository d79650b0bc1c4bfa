const { execFile } = require('node:child_process');
const { join } = require('node:path');
const { promisify } = require('node:util');
const flatted = require('flatted');
const { setting } = require('../harness/setting');

/** More than the executions of a long test take. */
const MAX_OUTPUT_BYTES = 2 ** 29;

/** Prints the status and the data of each execution. Runs in n8n's own Node, for which its SQLite driver was built. */
const PRINT_EXECUTIONS = `
	const [driver, file, workflowId] = process.argv.slice(1);
	const { Database, OPEN_READONLY } = require(driver);
	const database = new Database(file, OPEN_READONLY);
	const query = 'SELECT e.status, d.data FROM execution_entity e JOIN execution_data d ON d.executionId = e.id WHERE e.workflowId = ?';
	database.each(query, workflowId, (error, row) => process.stdout.write(JSON.stringify(row) + '\\n'));
`;

/**
 * @typedef {object} Ended
 * @property {string} status
 * @property {string[]} requestIds of the items that a node got
 */

/**
 * All executions of a workflow, straight from n8n's SQLite database: its API gives a hundred at a time.
 *
 * @param {string} userFolder
 * @param {string} workflowId
 * @param {string} nodeName
 * @returns {Promise<Ended[]>}
 */
async function executionsOf(userFolder, workflowId, nodeName) {
	const { folder, node } = setting().n8n;
	const driver = join(folder, 'node_modules', 'sqlite3');
	const file = join(userFolder, '.n8n', 'database.sqlite');
	const { stdout } = await promisify(execFile)(
		node,
		['-e', PRINT_EXECUTIONS, driver, file, workflowId],
		{ maxBuffer: MAX_OUTPUT_BYTES },
	);
	const lines = stdout.split('\n').filter((line) => line !== '');
	return lines.map((line) => {
		const { data, status } = JSON.parse(line);
		const runs = flatted.parse(data).resultData?.runData?.[nodeName] ?? [];
		const items = runs.flatMap((/** @type {any} */ run) => run.data?.main?.[0] ?? []);
		const requestIds = items.map((/** @type {any} */ { json }) => String(json.request_id));
		return { status, requestIds };
	});
}

module.exports = { executionsOf };
