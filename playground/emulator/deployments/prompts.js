const { runFailures } = require('./failures');

/** @typedef {import('.').Definition} Definition */

/** @type {Definition[]} */
const prompts = [
	{
		kind: 'prompt',
		name: 'write-tagline',
		variant: 'production',
		description: 'Answers one line about a product',
		inputs: [
			{ name: 'product', type: 'text', required: true },
			{ name: 'tone', type: 'text', required: false },
		],
		run: ({ inputs }) => `${inputs.product}: ${inputs.tone ?? 'simply'} better.`,
	},
	{
		kind: 'prompt',
		name: 'extract-contact',
		variant: 'production',
		description: 'Answers a JSON object in a string',
		inputs: [{ name: 'text', type: 'text', required: true }],
		run: ({ inputs }) => JSON.stringify({ words: String(inputs.text).split(/[^\p{L}]+/u) }),
	},
	{
		kind: 'prompt',
		name: 'failing-prompt',
		variant: 'production',
		description: 'Its provider fails (502)',
		inputs: [{ name: 'product', type: 'text', required: false }],
		failure: runFailures['fails-provider'],
		run: () => '',
	},
];

module.exports = { prompts };
