const { readdirSync } = require('node:fs');
const { readFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { withFirstParagraph } = require('./note');

const EXAMPLES_FOLDER = join(dirname(dirname(__dirname)), 'examples');
/** What the committed examples hold in the place of the address of the reader's n8n. */
const PLACEHOLDER_HOST = 'https://n8n.example.com';
const ENDING = '.json';
/** The workflow that most examples run: a text about an input `topic`. */
const EXAMPLE_DEPLOYMENT = 'summarise-topic';

/**
 * @typedef {{id: string | null, name: string}} CredentialReference
 * @typedef {object} WorkflowNode
 * @property {string} name
 * @property {string} type
 * @property {[number, number]} position
 * @property {string} [webhookId]
 * @property {Record<string, unknown>} parameters
 * @property {Record<string, CredentialReference>} [credentials]
 *
 * @typedef {object} Workflow
 * @property {string} name
 * @property {WorkflowNode[]} nodes
 * @property {Record<string, unknown>} connections
 * @property {Record<string, unknown>} settings
 *
 * @typedef {object} Replacements
 * @property {Record<string, CredentialReference>} credentials by credential type
 * @property {string} host address of the n8n that gets the callbacks, without a slash at the end
 * @property {{deployment: string, variant: string}} [target] what is run instead of the workflow that most examples run
 * @property {string} [firstWords] what the note says before anything else
 */

const NOTE = 'n8n-nodes-base.stickyNote';

/** @returns {string[]} of all examples, in alphabetical order */
function exampleNames() {
	return readdirSync(EXAMPLES_FOLDER)
		.filter((file) => file.endsWith(ENDING))
		.map((file) => file.slice(0, -ENDING.length))
		.sort();
}

/**
 * @param {string} name of the file, without its ending
 * @returns {Promise<Workflow>}
 */
async function readExample(name) {
	return JSON.parse(await readFile(join(EXAMPLES_FOLDER, `${name}${ENDING}`), 'utf8'));
}

/**
 * @param {Record<string, unknown>} parameters
 * @param {Replacements} replacements
 */
function prepareParameters(parameters, { host, target }) {
	const { callbackUrl, deployment } = parameters;
	return {
		...parameters,
		...(typeof callbackUrl === 'string' && {
			callbackUrl: callbackUrl.replace(PLACEHOLDER_HOST, host),
		}),
		...(deployment === EXAMPLE_DEPLOYMENT && target),
	};
}

/**
 * @param {Record<string, CredentialReference>} references
 * @param {Replacements['credentials']} credentials
 */
function prepareCredentials(references, credentials) {
	const entries = Object.entries(references);
	return Object.fromEntries(entries.map(([type, own]) => [type, credentials[type] ?? own]));
}

/**
 * @param {WorkflowNode} node
 * @param {Replacements} replacements
 * @returns {WorkflowNode}
 */
function prepareNode(node, replacements) {
	const { firstWords } = replacements;
	if (node.type === NOTE && firstWords) {
		const note = /** @type {WorkflowNode & import('./note').Note} */ (node);
		return withFirstParagraph(note, firstWords);
	}
	return {
		...node,
		parameters: prepareParameters(node.parameters, replacements),
		...(node.credentials && {
			credentials: prepareCredentials(node.credentials, replacements.credentials),
		}),
	};
}

/**
 * Makes an example fit for one n8n: its credentials, its address and, if wanted, another workflow to run and other
 * words at the head of its note.
 *
 * @param {Workflow} workflow is left as it is
 * @param {Replacements} replacements
 * @returns {Workflow}
 */
function prepareExample(workflow, replacements) {
	return { ...workflow, nodes: workflow.nodes.map((node) => prepareNode(node, replacements)) };
}

module.exports = { EXAMPLE_DEPLOYMENT, exampleNames, prepareExample, readExample };
