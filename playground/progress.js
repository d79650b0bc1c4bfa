const LINE_INTERVAL_SECONDS = 15;
const CLEAR_LINE = '\r\u001b[2K';

/**
 * @typedef {<T>(title: string, work: () => Promise<T>) => Promise<T>} Step Runs the work and tells the user about it.
 */

/** @type {Step} */
const silently = async (_title, work) => await work();

/**
 * Says what runs and for how long: one line that is rewritten on a terminal, else a line now and then.
 *
 * @param {NodeJS.WriteStream} [out]
 * @returns {Step}
 */
function progressOn(out = process.stdout) {
	return async (title, work) => {
		const startedAt = Date.now();
		const seconds = () => Math.round((Date.now() - startedAt) / 1000);
		const rewrite = () => out.write(`${CLEAR_LINE}...   ${title} (${seconds()} s)`);
		const addLine = () => out.write(`...   ${title}: ${seconds()} s so far\n`);
		out.write(out.isTTY ? `...   ${title}` : `...   ${title}\n`);
		const ticker = out.isTTY
			? setInterval(rewrite, 1000)
			: setInterval(addLine, LINE_INTERVAL_SECONDS * 1000);
		const close = (/** @type {string} */ word) =>
			out.write(`${out.isTTY ? CLEAR_LINE : ''}${word}  ${title} (${seconds()} s)\n`);
		try {
			const result = await work();
			close('done');
			return result;
		} catch (error) {
			close('fail');
			throw error;
		} finally {
			clearInterval(ticker);
		}
	};
}

module.exports = { progressOn, silently };
