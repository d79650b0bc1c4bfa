const { parseArgs } = require('node:util');

const DEFAULT_PORT = 5678;

const HELP = `Runs a real n8n with this package installed, and its example workflows.

Usage: npm start [-- options]

  --port N   port of the n8n editor (default ${DEFAULT_PORT}; any free one with --once)
  --fresh    forget the n8n of earlier starts (.playground/) and begin anew
  --queue    n8n in queue mode, as on several machines: PostgreSQL, Redis, one main process, two workers and two
             webhook processors behind a proxy; in a throw-away folder, so that nothing is kept
  --once     run the examples in a throw-away n8n, stop, and exit with 0 only if all went well
  --help     show this text

Without further settings it talks to a Fetch Hive emulator on this machine. To use the real service:

  FETCH_HIVE_API_KEY         workspace API key
  FETCH_HIVE_DEPLOYMENT      workflow deployment that the examples run; it gets one text input, "topic"
  FETCH_HIVE_VARIANT         its variant
  FETCH_HIVE_BASE_URL        another base URL (optional)
  FETCH_HIVE_SIGNING_SECRET  signing secret of the deployment, for the callback example (optional)
  N8N_WEBHOOK_URL            public https address of this n8n, for the examples that are called back (optional)

n8n itself is installed once per user, in $XDG_CACHE_HOME or ~/.cache, folder n8n-nodes-fetchhive.
`;

/**
 * @param {string} text
 * @returns {number}
 */
function toPort(text) {
	const port = /^\d+$/.test(text) ? Number(text) : 0;
	if (port < 1 || port > 65535) {
		throw new Error(`--port needs a number from 1 to 65535, not "${text}".`);
	}
	return port;
}

/**
 * @param {string[]} args what follows the script's name on the command line
 * @returns {{port: number | undefined, fresh: boolean, once: boolean, queue: boolean, help: boolean}} port: undefined for any free one
 * @throws {Error} on an option that does not exist or a value that does not fit
 */
function parseOptions(args) {
	const { port, fresh = false, once = false, queue = false, help = false } = parse(args);
	const defaultPort = once ? undefined : DEFAULT_PORT;
	return { port: port === undefined ? defaultPort : toPort(port), fresh, once, queue, help };
}

/** @param {string[]} args */
function parse(args) {
	try {
		return parseArgs({
			args,
			options: {
				port: { type: 'string' },
				fresh: { type: 'boolean' },
				once: { type: 'boolean' },
				queue: { type: 'boolean' },
				help: { type: 'boolean', short: 'h' },
			},
		}).values;
	} catch (error) {
		const [firstSentence] = /** @type {Error} */ (error).message.split('. ');
		throw new Error(`${firstSentence}. See npm start -- --help`);
	}
}

module.exports = { DEFAULT_PORT, HELP, parseOptions, toPort };
