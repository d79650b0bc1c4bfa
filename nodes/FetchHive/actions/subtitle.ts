import type { Resource } from './operation';

/** The pair as saved workflows hold it, which is also what is shown for a pair that is in no list. */
const PAIR = '$parameter["resource"] + ": " + $parameter["operation"]';

/**
 * The line below the node's name on the canvas, as an expression: the names that the panel's lists show, such as
 * "Hive Agent: Invoke and Wait". The editor evaluates it for every node.
 */
export function subtitleOf(resources: Resource[]): string {
	const names = resources.flatMap(({ option: resource, operations }) =>
		Object.values(operations).map(({ option: operation }) => [
			`${resource.value}: ${operation.value}`,
			`${resource.name}: ${operation.name}`,
		]),
	);
	return `={{ (${JSON.stringify(Object.fromEntries(names))})[${PAIR}] ?? ${PAIR} }}`;
}
