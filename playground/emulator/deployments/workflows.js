const { refusals, runFailures } = require('./failures');

/**
 * @typedef {import('.').Definition} Definition
 * @typedef {import('.').Job} Job
 * @typedef {import('../inputs').StartInput} StartInput
 */

const DOCUMENTED_OUTPUT =
	'State of enterprise AI in 2026: enterprises are moving from experimentation to operational systems with stricter evaluation, governance, and tooling requirements.';

const WORDS = /[\p{L}\p{N}]+/gu;

/** @type {StartInput} */
const topic = { name: 'topic', type: 'text', required: true };
/** @type {StartInput} */
const optionalTopic = { ...topic, required: false };

/** @param {Job} job */
function summarise({ inputs }) {
	const audience = inputs.audience || 'a general audience';
	return `Summary of ${inputs.topic} for ${audience}: three things matter, and the first matters most.`;
}

/** @param {Job} job */
function extractFields({ inputs }) {
	const words = String(inputs.text).match(WORDS) ?? [];
	return JSON.stringify({ text: inputs.text, words: words.length, first_word: words[0] ?? null });
}

/** @param {Job} job */
function rankKeywords({ inputs }) {
	const keywords = /** @type {unknown[]} */ (inputs.keywords);
	return JSON.stringify(keywords.map((keyword, index) => ({ keyword, rank: index + 1 })));
}

/** @param {Job} job */
function generateImage({ inputs, files }) {
	const count = Number(inputs.count ?? 1);
	return {
		settings: { model: 'grok-imagine-image-quality', provider: 'xai', image_count: count },
		assets: Array.from({ length: count }, (_, index) => files.addImage(index + 1)),
	};
}

/**
 * @param {string} name
 * @param {string} description
 * @param {StartInput[]} inputs
 * @param {Omit<Partial<Definition>, 'name'>} rest
 * @returns {Definition}
 */
const workflow = (name, description, inputs, rest) => ({
	kind: 'workflow',
	name,
	variant: 'production',
	description,
	inputs,
	run: () => 'Done.',
	...rest,
});

/** @type {Definition[]} */
const workflows = [
	workflow('YOUR_DEPLOYMENT_NAME', 'What the documented examples invoke', [topic], {
		variant: 'YOUR_VARIANT_NAME',
		run: () => DOCUMENTED_OUTPUT,
	}),
	workflow(
		'summarise-topic',
		'Answers a text',
		[topic, { name: 'audience', type: 'text', required: false }],
		{ run: summarise },
	),
	workflow(
		'extract-fields',
		'Answers a JSON object in a string',
		[{ name: 'text', type: 'text', required: true }],
		{ run: extractFields },
	),
	workflow(
		'rank-keywords',
		'Takes a native array, answers a JSON array in a string',
		[{ name: 'keywords', type: 'array', required: true }],
		{ run: rankKeywords },
	),
	workflow(
		'typed-inputs',
		'Answers its inputs of every type as JSON in a string',
		[
			{ name: 'text', type: 'text', required: false },
			{ name: 'number', type: 'number', required: false },
			{ name: 'boolean', type: 'boolean', required: false },
			{ name: 'array', type: 'array', required: false },
			{ name: 'object', type: 'object', required: false },
		],
		{ run: ({ inputs }) => JSON.stringify(inputs) },
	),
	workflow(
		'generate-image',
		'Answers image assets to download',
		[
			{ name: 'prompt', type: 'text', required: true },
			{ name: 'count', type: 'number', required: false, range: [1, 4] },
		],
		{ run: generateImage },
	),
	workflow(
		'list-images',
		'Answers image assets as JSON in a string, as a model may write them',
		[{ name: 'count', type: 'number', required: false, range: [1, 4] }],
		{ run: (job) => JSON.stringify(generateImage(job)) },
	),
	workflow('slow-research', 'Takes as long as the switch slowMs says', [optionalTopic], {
		slow: true,
		run: ({ inputs }) => `Research on ${inputs.topic ?? 'nothing in particular'}: done.`,
	}),
	workflow(
		'timed-run',
		'Takes as many milliseconds as its input says',
		[{ name: 'milliseconds', type: 'number', required: true }],
		{
			slow: true,
			takesMs: ({ inputs }) => Number(inputs.milliseconds),
			run: ({ inputs }) => `That took ${inputs.milliseconds} ms.`,
		},
	),
	workflow('human-review', 'Waits for a person; callback delivery only', [optionalTopic], {
		humanInTheLoop: true,
		run: () => 'Approved.',
	}),
	workflow('never-answers', 'Keeps the call open until the client leaves', [optionalTopic], {
		connection: 'hangs',
	}),
	workflow('drops-connection', 'Breaks the connection after the call was read', [optionalTopic], {
		connection: 'drops',
	}),
	workflow('not-json', 'Answers 200 with a web page', [optionalTopic], { connection: 'html' }),
	workflow('nests-deep', 'Answers 200 with JSON of 6,000 levels', [optionalTopic], {
		connection: 'nests',
	}),
];

const refused = Object.entries(refusals).map(([name, refusal]) =>
	workflow(name, `Refused with ${refusal.status} ${refusal.code}`, [optionalTopic], { refusal }),
);

const failing = Object.entries(runFailures).map(([name, failure]) =>
	workflow(name, `Starts and ends ${failure.end} (${failure.status})`, [optionalTopic], {
		failure,
	}),
);

module.exports = { workflows: [...workflows, ...refused, ...failing] };
