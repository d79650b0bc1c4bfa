const { operations } = require('./contract');
const { deploymentList } = require('./deploymentList');
const { definitions } = require('./switches');

const USAGE = `Stands in for the Fetch Hive API, for tests and for trying things out: nothing reaches the real service.

Usage: npm run emulator -- [--port N] [--switches FILE]

Options
  --port N         where to listen on 127.0.0.1: 8484 by default, 0 for any free port
  --switches FILE  how it answers from the start: a JSON object of switches, as npm run live writes it
  -h, --help       this text

Once started it says its base URL and API key, the signing secrets, and calls to try.`;

const CONTROL = [
	['GET', '/_emulator', 'its addresses, API key, deployments with their secrets, and switches'],
	['GET', '/_emulator/requests', 'every request that came in'],
	['GET', '/_emulator/callbacks', 'every attempt to call back'],
	['PATCH', '/_emulator/switches', 'changes switches: a JSON object of names and values'],
	['POST', '/_emulator/approve/{requestId}', 'lets a run go on that waits for a person'],
	['POST', '/_emulator/reset', 'forgets all runs and sets the switches as they were'],
];

/** @param {string[][]} rows whose columns but the last are filled up to one width */
function table(rows) {
	const columns = rows[0].length - 1;
	const widths = Array.from({ length: columns }, (_, column) =>
		Math.max(...rows.map((row) => row[column].length)),
	);
	return rows.map((row) => {
		const filled = row.slice(0, columns).map((cell, column) => cell.padEnd(widths[column]));
		return `  ${[...filled, row[columns]].join('  ')}`;
	});
}

/** @param {unknown} value Infinity is null in JSON, and is said so */
const written = (value) => (value === Infinity ? 'Infinity' : JSON.stringify(value));

/**
 * @param {import('./index').ListedDeployment[]} deployments
 * @returns {string} what the command can do: options, routes, deployments, switches
 */
function help(deployments) {
	const routes = [...operations.values()].map(({ method, path, summary }) => [
		method.toUpperCase(),
		`/v1${path}`,
		summary,
	]);
	const switches = Object.entries(definitions).map(([name, definition]) => [
		name,
		`${written(definition.default)}; takes ${definition.allowed}`,
	]);
	return [
		USAGE,
		'',
		'What it answers (openapi.json has the fields)',
		...table(routes),
		'',
		'How to look in and to change it',
		...table(CONTROL),
		'',
		...deploymentList(deployments),
		'',
		'Switches, with their defaults (switches.js says what each is for)',
		...table(switches),
	].join('\n');
}

module.exports = { help };
