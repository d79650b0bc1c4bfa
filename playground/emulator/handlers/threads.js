const { randomBytes } = require('node:crypto');

/**
 * @typedef {import('./order').Call} Call
 * @typedef {import('./order').Service} Service
 * @typedef {import('../deployments/agents').Message} Message
 */

/**
 * The conversation that a message belongs to.
 *
 * @param {Service} service
 * @param {Call['body']} body
 * @returns {string | undefined} undefined where nothing is to be remembered
 */
function threadOf({ switches }, { thread_id: threadId }) {
	if (threadId !== undefined || switches.threadIds === 'callers') return threadId;
	return `thread_${randomBytes(8).toString('hex')}`;
}

/**
 * @param {Service} service
 * @param {Call['body']} body
 * @returns {Message[]} what was said before
 */
const historyOf = ({ threads }, { messages, thread_id: threadId }) =>
	messages ?? threads.get(threadId) ?? [];

/**
 * @param {Service} service
 * @param {string | undefined} threadId
 * @param {string} message
 * @param {string} response
 */
function remember({ threads }, threadId, message, response) {
	if (threadId === undefined) return;
	const said = [
		{ role: 'user', content: message },
		{ role: 'assistant', content: response },
	];
	threads.set(threadId, [...(threads.get(threadId) ?? []), ...said]);
}

module.exports = { historyOf, remember, threadOf };
