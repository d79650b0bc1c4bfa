const { TEXTS } = require('./texts');

/**
 * @typedef {import('../n8n/examples').Workflow} Workflow
 *
 * @typedef {object} Submission what n8n's template library asks for
 * @property {string} title
 * @property {string} description Markdown
 * @property {Workflow} workflow named as the title
 */

const NOTE = 'n8n-nodes-base.stickyNote';
const SUFFIX = ' (Fetch Hive example)';
const SET_UP = '**In your own n8n:** ';

/** What each type of credential is called in n8n, and where its value comes from. @type {Record<string, string>} */
const CREDENTIALS = {
	fetchHiveApi: '**Fetch Hive API**: a workspace API key, from *Settings > API Keys* in Fetch Hive',
	fetchHiveSigningSecretApi:
		'**Fetch Hive Signing Secret API**: the *Signing secret* of your deployment in Fetch Hive',
	openAiApi: '**OpenAI**: an API key, or the credential of another chat model in its place',
	smtp: '**SMTP**: the mail server that sends for you',
	telegramApi: '**Telegram**: the access token of your bot',
};

/** @param {Workflow} workflow */
function noteOf({ nodes }) {
	const note = nodes.find(({ type }) => type === NOTE);
	const [, text] = /^## .+\n([\s\S]+)$/.exec(String(note?.parameters.content)) ?? [];
	const [what, setUp] = (text ?? '').split(`\n\n${SET_UP}`);
	return { what, setUp };
}

/** @param {string} sentence */
const capitalised = (sentence) => sentence.charAt(0).toUpperCase() + sentence.slice(1);

/** @param {Workflow} workflow @returns {string[]} */
function credentialLines({ nodes }) {
	const types = nodes.flatMap(({ credentials = {} }) => Object.keys(credentials));
	return [...new Set(types)].map((type) => {
		if (!CREDENTIALS[type]) throw new Error(`The credential ${type} has no words: add them here.`);
		return `- ${CREDENTIALS[type]}`;
	});
}

/** @param {Workflow} workflow @returns {string} the names of its nodes, in their order on the canvas */
function steps({ nodes }) {
	return nodes
		.filter(({ type }) => type !== NOTE)
		.map(({ name }, index) => `${index + 1}. ${name}`)
		.join('\n');
}

/**
 * Makes of an example what n8n's template library takes: the example's own note says what it does and how it is set
 * up, so that neither is written twice.
 *
 * @param {string} name of the example's file, without its ending
 * @param {Workflow} workflow as it is committed
 * @returns {Submission}
 * @throws {Error} when something has no words yet, saying where to add them
 */
function submissionOf(name, workflow) {
	const text = TEXTS[name];
	if (!text) throw new Error(`The example ${name} has no words in playground/templates/texts.js.`);
	const { what, setUp } = noteOf(workflow);
	const title = `Fetch Hive: ${workflow.name.replace(SUFFIX, '')}`;
	const description = `## Who is it for?

${text.forWhom}

## What does it do?

${what}

Its nodes:

${steps(workflow)}

## How to set it up

1. Install the community node \`n8n-nodes-fetchhive\` (*Settings > Community nodes*).
2. Create the credentials that are listed below.
3. ${capitalised(setUp)}
4. Run the workflow once by hand and look at the items.

## What do you need?

- An account of [Fetch Hive](https://docs.fetchhive.com)
${credentialLines(workflow).join('\n')}

## How to make it your own

${text.change}
`;
	return { title, description, workflow: { ...workflow, name: title } };
}

module.exports = { submissionOf };
