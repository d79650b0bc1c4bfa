#!/usr/bin/env node
const { readFileSync } = require('node:fs');
const { parseArgs } = require('node:util');

const { banner } = require('./banner');
const { deployments } = require('./deployments');
const { help } = require('./help');
const { startEmulator } = require('./index');

/**
 * @typedef {import('./index').Emulator} Emulator
 *
 * @typedef {object} Output
 * @property {(text: string) => void} log
 * @property {(text: string) => void} error
 */

const DEFAULT_PORT = '8484';
const HIGHEST_PORT = 65535;

/**
 * @param {string[]} args
 * @throws {Error} naming an unknown option
 */
const optionsOf = (args) =>
	parseArgs({
		args,
		options: {
			port: { type: 'string', default: DEFAULT_PORT },
			switches: { type: 'string' },
			help: { type: 'boolean', short: 'h' },
		},
	}).values;

/**
 * @param {string} text
 * @returns {number}
 * @throws {Error} naming what is wrong
 */
function portOf(text) {
	const port = Number(text);
	if (!Number.isInteger(port) || port < 0 || port > HIGHEST_PORT) {
		throw new Error(`--port must be a whole number from 0 to ${HIGHEST_PORT}, not "${text}"`);
	}
	return port;
}

/**
 * @param {NodeJS.ErrnoException & { port?: number }} error
 * @returns {string}
 */
function explanation({ code, message, port }) {
	if (code !== 'EADDRINUSE') return message;
	return `Port ${port} is already in use: stop what listens there, or pass another --port`;
}

/**
 * Starts the emulator and says how to use it.
 *
 * @param {string[]} args `--port N` (default 8484), `--switches FILE` (JSON, as `npm run live` writes it), or `--help`,
 *   which starts nothing
 * @param {Output} output
 * @returns {Promise<Emulator | undefined>} undefined when it did not start; `output` says why
 */
async function startFromCommandLine(args, output) {
	try {
		const options = optionsOf(args);
		if (options.help) {
			output.log(help(deployments));
			return undefined;
		}
		const emulator = await startEmulator({
			port: portOf(options.port),
			switches: options.switches && JSON.parse(readFileSync(options.switches, 'utf8')),
		});
		output.log(banner(emulator));
		return emulator;
	} catch (error) {
		output.error(explanation(/** @type {Error} */ (error)));
		return undefined;
	}
}

async function main() {
	const started = startFromCommandLine(process.argv.slice(2), {
		log: console.log,
		error: (text) => {
			console.error(text);
			process.exitCode = 1;
		},
	});
	for (const signal of ['SIGINT', 'SIGTERM']) {
		process.once(signal, async () => await (await started)?.close());
	}
	await started;
}

if (require.main === module) main();

module.exports = { startFromCommandLine };
