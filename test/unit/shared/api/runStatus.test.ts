import { endAmong, endedStatus, isStillGoing } from '../../../../nodes/shared/api/runStatus';

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const camelCase = (word: string) => word.split('_').map(capital).join('');

const WAYS_TO_WRITE = (word: string) => [
	word,
	word.toUpperCase(),
	capital(word),
	`workflow.${word}`,
	`agent.delegation.${word}`,
	`run_${word}`,
	`run-${word.replace('_', '-')}`,
	`run:${word}`,
	`run${camelCase(word)}`,
	`Run ${word.replace('_', ' ')}`,
];

it.each([
	...['completed', 'complete', 'succeeded', 'success', 'successful', 'done', 'finished'].map(
		(word) => [word, 'completed'],
	),
	...['failed', 'failure', 'error', 'errored', 'rejected', 'denied'].map((word) => [
		word,
		'failed',
	]),
	...['cancelled', 'canceled', 'aborted', 'stopped', 'terminated'].map((word) => [
		word,
		'cancelled',
	]),
	...['expired', 'timed_out', 'timeout'].map((word) => [word, 'expired']),
])('a word that ends in %s names the end %s', (ending, expected) => {
	for (const word of WAYS_TO_WRITE(ending)) {
		expect([word, endedStatus(word)]).toEqual([word, expected]);
		expect([word, isStillGoing(word)]).toEqual([word, false]);
	}
});

it.each([
	...['running', 'queued', 'pending', 'waiting', 'in_progress', 'progress', 'started'],
	...['processing', 'scheduled', 'created', 'accepted', 'received', 'paused', 'resumed'],
	...['retrying', 'updated', 'heartbeat', 'ping'],
	...[
		'action_required',
		'approval_requested',
		'approval_required',
		'awaiting',
		'awaiting_approval',
	],
	...['awaiting_input', 'awaiting_review', 'in_review', 'input_requested', 'input_required'],
	...['needs_approval', 'needs_input', 'pending_approval', 'pending_review', 'question_asked'],
	...['requires_action', 'requires_approval', 'requires_input', 'review_requested'],
])('a word that ends in %s says that the run goes on', (ending) => {
	for (const word of WAYS_TO_WRITE(ending)) {
		expect([word, isStillGoing(word)]).toEqual([word, true]);
		expect([word, endedStatus(word)]).toEqual([word, undefined]);
	}
});

it.each([
	'',
	'completed_at',
	'workflow.completed.v2',
	'failed?',
	'expires',
	'run',
	'running_late',
	'not_completed',
	'never.started',
	'partially_completed',
	'abandoned',
	'payment_required',
	'invalid_input',
	'unsuccessful',
	'time_out_soon',
	'constructor',
	'__proto__',
	undefined,
	null,
	1,
	true,
	['completed'],
	{ status: 'completed' },
])('%p says neither', (word) => {
	expect(endedStatus(word)).toBeUndefined();
	expect(isStillGoing(word)).toBe(false);
});

describe('of several words', () => {
	it.each([
		['the first one decides', ['workflow.failed', 'completed'], 'failed'],
		['one that names no end is passed over', ['workflow.archived', 'cancelled'], 'cancelled'],
		['a documented one decides before a synonym', ['run.finished', 'failed'], 'failed'],
		['a synonym decides where there is no other', [undefined, 'errored'], 'failed'],
		['one that says how decides before one that says only that', ['run.done', 'denied'], 'failed'],
		['none may name an end', ['running', 'archived', undefined], undefined],
		['there may be none', [], undefined],
	])('%s', (_case, words, end) => {
		expect(endAmong(words, false)).toBe(end);
	});

	it.each([
		['done', 'failed'],
		['run.finished', 'failed'],
		['completed', 'completed'],
		['succeeded', 'completed'],
		['cancelled', 'cancelled'],
	])('%s with an error and no output is %s', (word, end) => {
		expect(endAmong([word], true)).toBe(end);
	});
});
