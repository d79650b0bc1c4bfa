const { runFailures } = require('./failures');

/**
 * @typedef {import('.').Definition} Definition
 * @typedef {import('.').Job} Job
 *
 * @typedef {{ role: string, content: unknown }} Message
 */

/** @param {Message[]} history what was said before, oldest first */
const recollection = (history) => {
	const said = history.filter(({ role }) => role === 'user');
	return said.length === 0 ? '' : ` Before that you said: ${said.at(-1)?.content}`;
};

/** @param {Job} job */
const reply = ({ message, history }) => `You said: ${message}.${recollection(history)}`;

/**
 * @param {string} name the agent's ID
 * @param {string} description
 * @param {Partial<Definition>} [rest]
 * @returns {Definition}
 */
const agent = (name, description, rest) => ({
	kind: 'agent',
	name,
	description,
	inputs: [],
	run: reply,
	...rest,
});

/** @type {Definition[]} */
const agents = [
	agent('agent_assistant', 'Repeats what it was told and remembers the thread'),
	agent('agent_illustrator', 'Answers with an image artifact', { artifacts: true }),
	agent('agent_delegating', 'Starts a background workflow when it may', { delegates: true }),
	agent('agent_structured', 'Answers a JSON object in a string', {
		run: ({ message }) => JSON.stringify({ heard: message }),
	}),
	agent('agent_listing', 'Answers a JSON array in a string', {
		run: ({ message }) => JSON.stringify([message]),
	}),
	agent('agent_failing', 'Its provider fails (502)', { failure: runFailures['fails-provider'] }),
];

module.exports = { agents };
