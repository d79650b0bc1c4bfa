import type { IDataObject } from 'n8n-workflow';

import { ParameterError } from '../../shared/values/parameterError';
import { isRecord, textOf } from '../../shared/values/value';
import { toObject } from './json';

/** The run in a code snippet of Fetch Hive, without its metadata and its callback delivery. */
export interface SnippetRun {
	deployment: string;
	variant: string;
	/** By name, with the values of the snippet. */
	inputs: IDataObject;
}

/** The names in the Resource list, by the part of an address before `/invoke`. */
const RESOURCES = new Map([
	['workflow', 'Workflow'],
	['prompt', 'Prompt'],
	['agent', 'Agent'],
	['hive-agent', 'Hive Agent'],
]);

/** A placeholder for a key: `YOUR_API_KEY`, `$KEY`, `${KEY}`, `%KEY%`, `<key>`, `...`. */
const PLACEHOLDER = /^(?:[A-Z_]+|\$\{?\w+\}?|%\w+%|<[^>]*>|\.{3}|…)$/;

/** An API key of Fetch Hive. */
const KEY = /fhk_\w{4}/;

/** In a shell's double quotes these characters have a meaning unless they are escaped. */
const ESCAPED_IN_DOUBLE_QUOTES = /\\(["\\$`])/g;

/** What a shell reads: a space, a part in single or double quotes, an escaped character, plain text, an open quote. */
const SHELL_TOKEN = /(\s+)|'([^']*)'|"((?:\\[^]|[^"\\])*)"|\\([^])|([^\s'"\\]+)|[^]+/g;

const COPY_IT = 'Open the deployment in Fetch Hive, click Code Snippet, and copy all of it.';

/**
 * The deployment, variant and inputs of a code snippet: a cURL command, or the JSON of its body alone.
 *
 * @param resource What the snippet must be of: `workflow` or `prompt`.
 * @throws ParameterError when it holds an API key, or when something is missing. It quotes nothing of a snippet that may
 * hold a key.
 */
export function readSnippet(snippet: unknown, resource: string): SnippetRun {
	const text = typeof snippet === 'string' ? snippet.trim() : '';
	if (text === '') throw new ParameterError("'Code Snippet' is empty", COPY_IT);
	const isJson = text.startsWith('{');
	const words = isJson ? [] : shellWords(text);
	refuseKey(text, words);
	const body = bodyIn(isJson ? text : dataOf(words));
	refuseOtherResource(isJson ? resourceOf(body, resource) : endpointIn(words), resource);
	const { inputs = {} } = body;
	if (!isRecord(inputs)) {
		throw new ParameterError("The inputs in 'Code Snippet' are not a JSON object", COPY_IT);
	}
	return { deployment: nameIn(body, 'deployment'), variant: nameIn(body, 'variant'), inputs };
}

/** n8n saves a parameter as it was typed, and shows it to all who may open the workflow. */
function refuseKey(text: string, words: string[]): void {
	const isKey = (header: string) => {
		const [, key] = /^authorization\s*:\s*(?:bearer\s+)?(.+)/i.exec(header) ?? [];
		return key !== undefined && !PLACEHOLDER.test(key.trim());
	};
	if (!KEY.test(text) && !words.some(isKey)) return;
	throw new ParameterError(
		"'Code Snippet' holds an API key: remove the Authorization line",
		'The key belongs in the credential only. n8n may have saved this one with the workflow or an execution: create a new key in Fetch Hive and delete it.',
	);
}

function bodyIn(json: string | undefined): IDataObject {
	if (json?.trimStart().startsWith('{')) {
		return toObject(
			json,
			"The body in 'Code Snippet'",
			`${COPY_IT} An apostrophe within single quotes must be written '\\''.`,
		);
	}
	throw new ParameterError(
		"No JSON body was found in 'Code Snippet'",
		`${COPY_IT} The body stands behind --data-raw, --data or -d. The JSON alone will do, too.`,
	);
}

/** The resource of a body without an address: only an agent's can be recognised. */
function resourceOf(body: IDataObject, usual: string): string {
	return 'agent' in body ? 'agent' : usual;
}

/** The part of the address before `/invoke`. */
function endpointIn(words: string[]): string | undefined {
	const address = words.find((word) => word.includes('://')) ?? '';
	return /\/([\w-]+)\/invoke\/?$/.exec(address)?.[1];
}

function refuseOtherResource(found: string | undefined, resource: string): void {
	if (found === resource) return;
	const other = RESOURCES.get(found ?? '');
	throw new ParameterError(
		`'Code Snippet' does not invoke a ${resource}`,
		other === undefined
			? `Its address has to end with /${resource}/invoke. ${COPY_IT}`
			: `It is for ${other}: choose ${other} under Resource, or paste the snippet of a ${resource}.`,
	);
}

function nameIn(body: IDataObject, key: 'deployment' | 'variant'): string {
	const name = textOf(body[key])?.trim();
	if (name) return name;
	throw new ParameterError(`'Code Snippet' names no ${key}`, `Its JSON needs "${key}". ${COPY_IT}`);
}

/** The words of a command as a shell reads them. An open quote takes the rest. */
function shellWords(command: string): string[] {
	const words = [''];
	// A line that ends with a backslash continues on the next one.
	for (const [all, space, single, double, escaped] of command
		.replaceAll(/\\[ \t]*\r?\n/g, ' ')
		.matchAll(SHELL_TOKEN)) {
		if (space !== undefined) words.push('');
		else
			words[words.length - 1] +=
				single ?? double?.replaceAll(ESCAPED_IN_DOUBLE_QUOTES, '$1') ?? escaped ?? all;
	}
	return words;
}

function dataOf(words: string[]): string | undefined {
	const flag = words.findIndex((word) => /^(?:-d|--data(?:-\w+)?|--json)$/.test(word));
	return flag < 0 ? undefined : words[flag + 1];
}
