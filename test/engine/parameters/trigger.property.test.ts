import { createHmac, randomUUID } from 'crypto';
import fc from 'fast-check';
import { DataDeduplicationService } from 'n8n-core';
import type { INodeParameters } from 'n8n-workflow';

import { FetchHiveTrigger } from '../../../nodes/FetchHiveTrigger/FetchHiveTrigger.node';
import { MemoryDeduplicator } from '../deduplicator';
import { LeakCheck } from '../leaks';
import { callTrigger, runStarted } from '../triggerWebhook';
import { anyValue, OWN_FAULT } from './anyValue';
import { everyField, fieldsOf } from './fields';

const SECRET = 'the signing secret of the trigger';
const { properties } = new FetchHiveTrigger().description;
const FIELDS = fieldsOf(properties, {});
const leaks = new LeakCheck();

beforeAll(async () => await DataDeduplicationService.init(new MemoryDeduplicator()));
beforeEach(() => leaks.watchLogs());
afterEach(() => leaks.expectNoneOf([SECRET]));

/** A callback that no other call has brought. */
function genuineCallback() {
	const rawBody = Buffer.from(
		JSON.stringify({
			event_type: 'workflow.completed',
			request_id: randomUUID(),
			data: { output: 'Done.' },
		}),
	);
	const signature = createHmac('sha256', SECRET).update(rawBody).digest('hex');
	return { headers: { 'x-fetch-hive-signature': signature }, rawBody };
}

it('every field of the trigger is among those that are tried', () => {
	const tried = new Set(FIELDS.map(({ property }) => property));
	expect(everyField(properties).filter((property) => !tried.has(property))).toEqual([]);
	expect(FIELDS.map(({ path }) => path)).toEqual(
		expect.arrayContaining(['triggerOn', 'output', 'options.downloadAssets']),
	);
});

/** All other fields have a usual value to stand in; which events are wanted is not guessed. */
const NO_LIST = /it could not be taken: "'Trigger On': an entry is /;

const linesWith = (words: string) =>
	leaks
		.logged()
		.split('\n')
		.filter((line) => line.includes(words));

it.each(FIELDS)(
	'a callback is taken, or may come again, whatever stands in $path',
	async ({ path, parametersWith }) => {
		await fc.assert(
			fc.asyncProperty(anyValue, async (value) => {
				const parameters = parametersWith(value) as INodeParameters;
				const setup = { credential: { signingSecret: SECRET }, parameters };
				const { items, status } = await callTrigger(setup, genuineCallback());
				if (path !== 'triggerOn')
					expect({ status, items }).toEqual({ status: 200, items: [expect.anything()] });
				if (status !== 200) expect({ status, items }).toEqual({ status: 500, items: undefined });
				if (items === undefined) return;
				const started = leaks.keep(await runStarted(setup, items));
				expect(started.run.status).toBe('success');
				expect(started.itemsOf('Fetch Hive Trigger')).toHaveLength(1);
			}),
			{ numRuns: 20 },
		);
		expect(leaks.logged()).not.toMatch(OWN_FAULT);
		for (const line of linesWith('refused a callback')) expect(line).toMatch(NO_LIST);
	},
);
