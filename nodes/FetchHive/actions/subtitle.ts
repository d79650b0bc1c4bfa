import type { Resource } from './operation';

/** The pair as saved workflows hold it, which is also what is shown for a pair that is in no list. */
const PAIR = '$parameter["resource"] + ": " + $parameter["operation"]';

/** As it was typed: an expression cannot be evaluated before the node was executed, and would leave the line empty. */
const NAMED = '$rawParameter["deployment"]?.replace(/^=/, "")';
/** Also where the JSON stands in double quotes of a shell. */
const IN_SNIPPET =
	'$rawParameter["codeSnippet"]?.match(/"deployment\\\\?"\\s*:\\s*\\\\?"([^"\\\\]+)/)?.[1]';
const DEPLOYMENT = `($rawParameter["specifyRun"] === "snippet" ? ${IN_SNIPPET} : ${NAMED})`;

/**
 * The line below the node's name on the canvas, as an expression: what is run, such as "Invoke: summarise-topic", and
 * where that has no name, the names that the panel's lists show, such as "Hive Agent: Invoke and Wait". The editor
 * evaluates it for every node.
 */
export function subtitleOf(resources: Resource[]): string {
	const names = resources.flatMap(({ option: resource, operations }) =>
		Object.values(operations).map(({ option: operation }) => [
			`${resource.value}: ${operation.value}`,
			`${resource.name}: ${operation.name}`,
		]),
	);
	const runs = resources.flatMap(({ option: resource, operations }) =>
		Object.values(operations)
			.filter(({ parameters }) => parameters.some(({ name }) => name === 'deployment'))
			.map(({ option: operation }) => [`${resource.value}: ${operation.value}`, operation.name]),
	);
	const table = (rows: unknown[][]) => `(${JSON.stringify(Object.fromEntries(rows))})`;
	const run = `${table(runs)}[${PAIR}]`;
	const named = `${table(names)}[${PAIR}] ?? ${PAIR}`;
	return `={{ ${run} && ${DEPLOYMENT} ? ${run} + ": " + ${DEPLOYMENT} : ${named} }}`;
}
