import type { BatchReport } from '../../../../nodes/FetchHive/batch/batch';
import { hintOf, progressOf } from '../../../../nodes/FetchHive/batch/report';

const done = { json: {} };
const report = (rest: Partial<BatchReport>): BatchReport => ({
	outcomes: [done, done],
	refusals: { slot: 0, time: 0, connection: 0 },
	worked: 2,
	...rest,
});
const refusals = { slot: 0, time: 0, connection: 0 };

describe('the hint of a batch', () => {
	it('is none when nothing was refused', () => {
		expect(hintOf(report({}))).toBeUndefined();
	});

	it.each([
		[
			{ ...refusals, slot: 2 },
			"2 because the plan allows no more at the same time. With 'Max Concurrency' at 2 none would have been refused.",
		],
		[
			{ ...refusals, time: 1 },
			'1 because Fetch Hive or the model provider did not accept more requests.',
		],
		[
			{ ...refusals, time: 3, connection: 4 },
			'3 because Fetch Hive or the model provider did not accept more requests, 4 because no connection could be made.',
		],
	])('counts %j', (counts, text) => {
		const hint = hintOf(report({ refusals: counts }));
		expect(hint).toBe(`Calls that were refused and sent again: ${text}`);
	});

	it.each([
		['a single item', { outcomes: [done] }],
		['a batch in which nothing was let in', { worked: 0 }],
	])('recommends nothing for %s', (_case, rest) => {
		expect(hintOf(report({ refusals: { ...refusals, slot: 1 }, ...rest }))).not.toContain('With');
	});
});

it('counts what became of the items', () => {
	const outcomes = [done, undefined, { failure: new Error() }, done, undefined, undefined];
	expect(progressOf(report({ outcomes }))).toBe(
		'Of 6 items: 2 done, 1 failed, 3 never sent. For this item:',
	);
	expect(progressOf(report({ outcomes: [{ failure: new Error() }] }))).toBe('');
});
