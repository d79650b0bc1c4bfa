const { randomUUID } = require('node:crypto');

const { isSuccess } = require('./probe');

/**
 * @typedef {import('./probe').Found} Found
 * @typedef {import('./probe').Probe} Probe
 */

const PATH = '/agent/invoke';
const QUESTION = { message: 'Answer with one word.', streaming: false };

/** @type {Probe} */
const withoutConversation = {
	name: 'an agent that is asked without a conversation',
	finds: ['threadIds'],
	needs: ['agent'],
	run: async ({ client, targets }) => {
		const answer = await client.post(PATH, { agent: targets.agent, ...QUESTION });
		if (!isSuccess(answer)) return {};
		return { threadIds: answer.body?.thread_id === undefined ? 'callers' : 'invented' };
	},
};

/** @type {Probe} */
const withCallback = {
	name: 'an agent that is given a callback address',
	finds: ['agentCallback'],
	needs: ['agent', 'callbacks'],
	run: async ({ client, targets, callbacks, untilQuiet }) => {
		const async = { callback_url: callbacks?.addressOf('agent') };
		const answer = await client.post(PATH, { agent: targets.agent, ...QUESTION, async });
		if (!isSuccess(answer)) return {};
		if (answer.body?.response !== undefined) return { agentCallback: 'delegations' };
		await untilQuiet?.('agent');
		return { agentCallback: 'run' };
	},
};

/**
 * @param {import('./probe').Live} live
 * @param {object} [async]
 * @returns {Promise<boolean>} whether the agent went on in the background
 */
async function delegates({ client, targets }, async) {
	const order = { agent: targets.delegating, ...QUESTION, thread_id: `n8n-live-${randomUUID()}` };
	const { body } = await client.post(PATH, { ...order, async });
	return Array.isArray(body?.pending_delegations) && body.pending_delegations.length > 0;
}

/** @type {Probe} */
const backgroundWork = {
	name: 'an agent that is told nothing about background work',
	finds: ['backgroundByDefault'],
	needs: ['delegating'],
	run: async (live) => {
		if (await delegates(live)) return { backgroundByDefault: true };
		// It may have had no reason to: only an agent that does when it is told so shows something.
		const isAble = await delegates(live, { allow_background: true });
		return isAble ? { backgroundByDefault: false } : {};
	},
};

module.exports = { probes: [withoutConversation, withCallback, backgroundWork] };
