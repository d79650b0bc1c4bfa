const { Session } = require('node:inspector');
const { parentPort, workerData } = require('node:worker_threads');

/*
 * Writes down which functions the main thread enters, in their order: V8's coverage tells which, and breakpoints tell
 * when. A debugger cannot pause its own thread, so it sits in this worker.
 */

/** @typedef {{file: string, name: string, line: number}} Visit */

const session = new Session();
/** @type {Map<string, string>} the built files by the ID of their script */
const files = new Map();
/** @type {Map<string, Visit>} by the ID of its breakpoint */
const places = new Map();
/** @type {Visit[]} */
let visits = [];

/**
 * @param {string} method
 * @param {object} [parameters]
 * @returns {Promise<any>}
 */
async function ask(method, parameters = {}) {
	return await new Promise((resolve, reject) => {
		session.post(
			method,
			parameters,
			(/** @type {Error | null} */ error, /** @type {any} */ result) =>
				error ? reject(error) : resolve(result),
		);
	});
}

/** @param {string} source @param {number} offset */
function positionAt(source, offset) {
	const before = source.slice(0, offset).split('\n');
	return { lineNumber: before.length - 1, columnNumber: before[before.length - 1].length };
}

/** @param {{scriptId: string, url: string, functions: any[]}} script sets a breakpoint into each function that was entered */
async function watch({ scriptId, functions }) {
	const { scriptSource } = await ask('Debugger.getScriptSource', { scriptId });
	for (const { functionName, ranges } of functions) {
		const [{ startOffset, endOffset, count }] = ranges;
		// The first one is the file itself, which was read before.
		if (count === 0 || startOffset === 0) continue;
		const start = { scriptId, ...positionAt(scriptSource, startOffset) };
		const end = { scriptId, ...positionAt(scriptSource, endOffset) };
		const { locations } = await ask('Debugger.getPossibleBreakpoints', {
			start,
			end,
			restrictToFunction: true,
		});
		if (locations.length === 0) continue;
		const { breakpointId } = await ask('Debugger.setBreakpoint', { location: locations[0] });
		const file = /** @type {string} */ (files.get(scriptId));
		places.set(breakpointId, { file, name: functionName, line: start.lineNumber + 1 });
	}
}

const orders = {
	async begin() {
		await ask('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
	},
	/** After the first time: what was entered is watched. */
	async watch() {
		const { result } = await ask('Profiler.takePreciseCoverage');
		await ask('Profiler.stopPreciseCoverage');
		places.clear();
		visits = [];
		for (const script of result) if (files.has(script.scriptId)) await watch(script);
	},
	/** After the second time. */
	async end() {
		for (const breakpointId of places.keys()) {
			await ask('Debugger.removeBreakpoint', { breakpointId });
		}
		return visits;
	},
};

async function main() {
	// Before anything is waited for: a worker that listens to nobody ends.
	parentPort?.on('message', async (/** @type {keyof typeof orders} */ order) => {
		try {
			parentPort?.postMessage({ result: await orders[order]() });
		} catch (error) {
			parentPort?.postMessage({ error });
		}
	});
	session.connectToMainThread();
	session.on('Debugger.scriptParsed', ({ params: { scriptId, url } }) => {
		const path = url.replace(/^file:\/\//, '');
		if (path.startsWith(workerData.folder)) {
			files.set(scriptId, path.slice(workerData.folder.length + 1));
		}
	});
	session.on('Debugger.paused', ({ params }) => {
		for (const id of params.hitBreakpoints ?? []) {
			const visit = places.get(id);
			if (visit) visits.push(visit);
		}
		session.post('Debugger.resume');
	});
	await ask('Profiler.enable');
	await ask('Debugger.enable');
	parentPort?.postMessage({ result: 'ready' });
}

void main();
