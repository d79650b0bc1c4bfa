const { HELP, parseOptions } = require('./options');
const { progressOn } = require('./progress');
const { tellStory } = require('./story');

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const FAILED = 1;
const INTERRUPTED = 130;

const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);
const complain = (/** @type {unknown} */ error) =>
	process.stderr.write(`\n${error instanceof Error ? error.message : error}\n`);

/** @returns {AbortSignal} aborted when this process is asked to stop */
function stopSignal() {
	const stopping = new AbortController();
	for (const name of STOP_SIGNALS) process.on(name, () => stopping.abort());
	return stopping.signal;
}

/**
 * @param {ReturnType<typeof parseOptions>} options
 * @returns {Promise<number>} the exit code
 */
async function start(options) {
	const signal = stopSignal();
	/** @type {Array<(failed: boolean) => Promise<void>>} */
	const closers = [];
	let exitCode = FAILED;
	try {
		const atEnd = closers.push.bind(closers);
		const allWell = await tellStory({ options, step: progressOn(), say, signal, atEnd });
		exitCode = allWell ? 0 : FAILED;
	} catch (error) {
		if (signal.aborted) exitCode = INTERRUPTED;
		else complain(error);
	}
	for (const close of closers.reverse()) await close(exitCode === FAILED).catch(complain);
	return exitCode;
}

/**
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
async function main(args) {
	try {
		const options = parseOptions(args);
		if (!options.help) return await start(options);
		say(HELP);
		return 0;
	} catch (error) {
		complain(error);
		return FAILED;
	}
}

main(process.argv.slice(2)).then((exitCode) => {
	process.exitCode = exitCode;
});
