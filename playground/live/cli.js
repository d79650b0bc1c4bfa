#!/usr/bin/env node
const { mkdir, writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const { parseArgs } = require('node:util');

const { DEFAULT_PORT, toPort } = require('../options');
const { Callbacks } = require('./callbacks');
const { Client } = require('./client');
const { findOut, switchesOf } = require('./findOut');
const { maskedJson } = require('./masked');
const { probes } = require('./probes');
const { untilQuietIn } = require('./quiet');
const { reportOf } = require('./report');
const { settingsOf } = require('./settings');

/** @typedef {import('./settings').Settings} Settings */

/** Most services try a callback again before. */
const QUIET_SECONDS = 90;

const HELP = `Finds out what the documentation of Fetch Hive leaves open, by cheap calls to the real service.

Usage: npm run live [-- options]

  --port N      where this machine listens for callbacks, while it runs (default ${DEFAULT_PORT}, as n8n)
  --quiet N     seconds without a further attempt after which none is expected (default ${QUIET_SECONDS}); there are 5
                such waits, so a run takes about 8 minutes
  --out FOLDER  where the record goes (default .playground/live)
  --help        show this text

  FETCH_HIVE_API_KEY         workspace API key
  FETCH_HIVE_DEPLOYMENT      a cheap workflow with one text input, "topic"; it is run up to 7 times
  FETCH_HIVE_VARIANT         its variant
  N8N_WEBHOOK_URL            public https address that leads to --port, such as a tunnel's: without it nothing is
                             found out about callbacks
  FETCH_HIVE_SIGNING_SECRET  signing secret of the deployment, if the service's answers do not bring it

Further deployments, each optional, as DEPLOYMENT/VARIANT or DEPLOYMENT/VARIANT {"input": "value"}:

  FETCH_HIVE_LIVE_FAILING    a workflow that starts and fails (2 runs)
  FETCH_HIVE_LIVE_TYPED      a workflow with a number, boolean or object input, given as text (1 run at most)
  FETCH_HIVE_LIVE_PROMPT     a prompt (2 runs)
  FETCH_HIVE_LIVE_SLOW       a workflow that takes seconds: finds the limit of runs at once (7 runs at most)
  FETCH_HIVE_LIVE_IMAGE      a workflow that makes an image (1 run)

And agents, each optional, by their IDs:

  FETCH_HIVE_LIVE_AGENT       any agent; it is asked for one word (2 runs)
  FETCH_HIVE_LIVE_DELEGATING  an agent that starts a background workflow when it may (2 runs)

The record holds all answers and callbacks, with secrets masked. Its switches.json makes the emulator answer alike:

  npm run emulator -- --switches .playground/live/switches.json
`;

/** @param {string} text @returns {number} @throws {Error} when it is no number above 0 */
function toSeconds(text) {
	const seconds = Number(text);
	if (!(seconds > 0)) throw new Error(`--quiet needs a number of seconds above 0, not "${text}".`);
	return seconds;
}

/** @param {string[]} args */
function optionsOf(args) {
	const options = {
		port: { type: /** @type {const} */ ('string'), default: String(DEFAULT_PORT) },
		quiet: { type: /** @type {const} */ ('string'), default: String(QUIET_SECONDS) },
		out: { type: /** @type {const} */ ('string'), default: join('.playground', 'live') },
		help: { type: /** @type {const} */ ('boolean'), short: 'h', default: false },
	};
	const { port, quiet, out, help } = parseArgs({ args, options }).values;
	return { port: toPort(port), quietMs: toSeconds(quiet) * 1000, out, help };
}

/** @param {Callbacks | undefined} callbacks */
const recordedCallbacks = (callbacks) =>
	callbacks?.arrivals.map(({ body, sent, ...rest }) => ({
		...rest,
		bytes: sent.length,
		body: body.toString('utf8'),
	}));

/**
 * @param {Settings} settings
 * @param {object} options
 * @param {number} options.port
 * @param {string} options.out folder
 * @param {(callbacks: Callbacks) => import('./probes/probe').Live['untilQuiet']} options.quietOf
 * @returns {Promise<string>} what was found out, for a person
 */
async function live({ apiKey, baseUrl, publicAddress, signingSecret, targets }, options) {
	const client = new Client({ apiKey, baseUrl });
	const callbacks = publicAddress ? new Callbacks(publicAddress) : undefined;
	await callbacks?.listen(options.port);
	try {
		const untilQuiet = callbacks && options.quietOf(callbacks);
		const setting = { client, callbacks, signingSecret, targets, untilQuiet };
		const outcomes = await findOut(setting, probes);
		await mkdir(options.out, { recursive: true });
		const record = { calls: client.calls, callbacks: recordedCallbacks(callbacks) };
		const switches = maskedJson(switchesOf(outcomes), [apiKey, signingSecret]);
		await writeFile(join(options.out, 'record.json'), maskedJson(record, [apiKey, signingSecret]));
		await writeFile(join(options.out, 'switches.json'), switches);
		return `${reportOf(outcomes)}\n\nThe record and the switch file are in ${options.out}.`;
	} finally {
		await callbacks?.close();
	}
}

async function main() {
	try {
		const { help, quietMs, ...options } = optionsOf(process.argv.slice(2));
		if (help) return console.log(HELP);
		const quietOf = (/** @type {Callbacks} */ callbacks) => untilQuietIn(callbacks, { quietMs });
		console.log(await live(settingsOf(process.env), { ...options, quietOf }));
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}

if (require.main === module) main();

module.exports = { live };
