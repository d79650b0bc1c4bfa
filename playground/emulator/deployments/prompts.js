const { runFailures } = require('./failures');

/** @typedef {import('.').Definition} Definition */

/**
 * As a template puts a value in: the SDKs let a prompt's inputs be of any JSON type (InvokePromptRequest).
 *
 * @param {unknown} value
 */
const written = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

/** @type {Definition[]} */
const prompts = [
	{
		kind: 'prompt',
		name: 'write-tagline',
		variant: 'production',
		description: 'Answers one line about a product',
		inputs: [
			{ name: 'product', type: 'any', required: true },
			{ name: 'tone', type: 'any', required: false },
		],
		run: ({ inputs }) => `${written(inputs.product)}: ${written(inputs.tone ?? 'simply')} better.`,
	},
	{
		kind: 'prompt',
		name: 'extract-contact',
		variant: 'production',
		description: 'Answers a JSON object in a string',
		inputs: [{ name: 'text', type: 'any', required: true }],
		run: ({ inputs }) => JSON.stringify({ words: written(inputs.text).split(/[^\p{L}]+/u) }),
	},
	{
		kind: 'prompt',
		name: 'list-words',
		variant: 'production',
		description: 'Answers a JSON array in a string',
		inputs: [{ name: 'text', type: 'text', required: true }],
		run: ({ inputs }) => JSON.stringify(String(inputs.text).split(/[^\p{L}]+/u)),
	},
	{
		kind: 'prompt',
		name: 'failing-prompt',
		variant: 'production',
		description: 'Its provider fails (502)',
		inputs: [{ name: 'product', type: 'any', required: false }],
		failure: runFailures['fails-provider'],
		run: () => '',
	},
];

module.exports = { prompts };
