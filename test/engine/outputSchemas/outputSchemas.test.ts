import { EVERY_OPERATION } from '../everyOperation';
import type { OutputSchema } from './outputSchema';
import { faultsOf, filledPlaces, placesIn, readOutputSchema } from './outputSchema';
import type { Put } from './putOut';
import { usePuttingOut } from './putOut';
import { EVERY_OUTPUT, FAILS, realOutputs } from './realOutputs';

const putting = usePuttingOut();
const REAL_OUTPUTS = realOutputs(putting);

/** A dozen runs each, which take longer than Jest allows where other work goes on beside them. */
const TEST_MILLISECONDS = 60_000;

/** What only Fetch Hive itself fills: the emulator delivers at once, and a list has no delegation that has ended. */
const NOT_SEEN: Record<string, string[]> = {
	'delegation cancel': ['/delivery_error string'],
	'delegation get': ['/delivery_error string'],
	'delegation getAll': ['/result object', '/delivered_at string', '/delivery_error string'],
};

function expectToNameAll(schema: OutputSchema, put: Put, notSeen: string[] = []) {
	expect(put.flatMap((item) => faultsOf(schema, item))).toEqual([]);
	const filled = new Set(put.flatMap((item) => filledPlaces(schema, item)));
	expect(placesIn(schema).filter((place) => !filled.has(place))).toEqual(notSeen);
}

it.each(EVERY_OPERATION)(
	'the output schema of $resource $operation names what it puts out, and nothing else',
	async ({ resource, operation }) => {
		const schema = readOutputSchema('FetchHive', resource, operation);
		const put = await REAL_OUTPUTS[resource][operation]();
		expectToNameAll(schema, put, NOT_SEEN[`${resource} ${operation}`]);
	},
	TEST_MILLISECONDS,
);

it(
	'the output schema of the trigger names what it puts out, and nothing else',
	async () => {
		expectToNameAll(
			readOutputSchema('FetchHiveTrigger', 'output'),
			await putting.putOutByTrigger([...EVERY_OUTPUT, FAILS]),
		);
	},
	TEST_MILLISECONDS,
);
