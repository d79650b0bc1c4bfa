import { endedStatus, isStillGoing } from '../../../../nodes/shared/api/runStatus';

const WAYS_TO_WRITE = (word: string) => [
	word,
	word.toUpperCase(),
	`workflow.${word}`,
	`agent.delegation.${word}`,
	`run_${word}`,
];

it.each([
	['completed', 'completed'],
	['failed', 'failed'],
	['cancelled', 'cancelled'],
	['canceled', 'cancelled'],
	['expired', 'expired'],
])('a word that ends in %s names the end %s', (ending, expected) => {
	for (const word of WAYS_TO_WRITE(ending)) {
		expect([word, endedStatus(word)]).toEqual([word, expected]);
		expect([word, isStillGoing(word)]).toEqual([word, false]);
	}
});

it.each(['running', 'queued', 'pending', 'in_progress'])(
	'a word that ends in %s says that the run goes on',
	(ending) => {
		for (const word of WAYS_TO_WRITE(ending)) {
			expect([word, isStillGoing(word)]).toEqual([word, true]);
			expect([word, endedStatus(word)]).toEqual([word, undefined]);
		}
	},
);

it.each([
	'',
	'completed_at',
	'workflow.completed.v2',
	'failed?',
	'failure',
	'expires',
	'run',
	'running_late',
	'constructor',
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
