const MANUAL_RUN = /^\/workflows\/([^/]+)\/run$/;

/** @typedef {ReturnType<typeof import('./session').n8nSession>['call']} Call */

/**
 * Lets callers speak to every n8n as to the newest one, by adding what only an older one wants; the newest ignores it.
 *
 * @param {Call} call
 * @returns {Call}
 */
function inEveryDialect(call) {
	/**
	 * @param {string} path
	 * @param {unknown} body
	 * @returns {Promise<unknown>}
	 */
	async function extended(path, body) {
		// n8n 1 has no default for it.
		if (path === '/workflows') return { active: false, ...Object(body) };
		const [, id] = MANUAL_RUN.exec(path) ?? [];
		if (!id) return body;
		// Before n8n ran what is saved, it ran what the request brings.
		return { ...Object(body), workflowData: await call('GET', `/workflows/${id}`) };
	}

	/** @type {Map<string, string>} */
	const realIds = new Map();

	/** @param {string} path */
	const withRealIds = (path) =>
		[...realIds].reduce((text, [wanted, real]) => text.replaceAll(wanted, real), path);

	return async function callAny(method, path, body) {
		const realPath = withRealIds(path);
		const answer = await call(
			method,
			realPath,
			method === 'POST' ? await extended(realPath, body) : body,
		);
		const { id: wanted } = Object(body);
		// n8n 1 gives a new workflow an id of its own choice.
		if (path === '/workflows' && wanted && answer.id !== wanted) realIds.set(wanted, answer.id);
		return answer;
	};
}

module.exports = { inEveryDialect };
