import { EXAMPLE_NAMES, numberOf } from '../../../playground/exampleOrder';
import { LISTENING, readyWords } from '../../../playground/readiness';

const EMULATED = { isEmulated: true, canWait: true, canReceive: true };
const REAL = { ...EMULATED, isEmulated: false };
const readyIn = (ways: typeof EMULATED) =>
	EXAMPLE_NAMES.filter((name) => readyWords(name, ways) !== undefined);

describe('the note of an example', () => {
	it('says first how each is run with the emulator', () => {
		for (const name of EXAMPLE_NAMES) {
			expect(readyWords(name, EMULATED)).toMatch(/^\*\*(?:Ready|Ready to run|To run it) here:/);
		}
	});

	it('says so with the real service only where the one deployment that is set is run', () => {
		expect(readyIn(REAL)).toEqual([
			'workflow-invoke',
			'workflow-invoke-and-wait',
			'workflow-invoke-async',
			'fetch-hive-trigger',
			'sheet-rows',
			'scheduled-digest',
			'mail-the-result',
			'ai-agent-tool',
		]);
	});

	it('does not say so where a callback is needed that cannot come, or cannot be verified', () => {
		expect(readyIn({ ...REAL, canReceive: false })).not.toContain('fetch-hive-trigger');
		expect(readyIn({ ...REAL, canReceive: false })).toContain('workflow-invoke-and-wait');
		expect(readyIn({ ...REAL, canReceive: false, canWait: false })).toEqual([
			'workflow-invoke',
			'sheet-rows',
			'scheduled-digest',
			'mail-the-result',
			'ai-agent-tool',
		]);
	});

	it('names the credentials that a person has to bring, and who only listens', () => {
		const saying = (words: RegExp) =>
			EXAMPLE_NAMES.filter((name) => words.test(readyWords(name, EMULATED) ?? ''));
		expect(saying(/OpenAI Chat Model/)).toEqual([
			'ai-agent-tool',
			'ai-agent-waiting-tool',
			'ai-agent-approved-tool',
		]);
		expect(saying(/it is published already/)).toEqual(LISTENING);
	});

	it('leads from Invoke Async to the trigger and back by their numbers', () => {
		expect(readyWords('workflow-invoke-async', EMULATED)).toContain('number 04:');
		expect(readyWords('fetch-hive-trigger', EMULATED)).toContain('number 03,');
	});
});

it('numbers the examples so that they sort in the order of learning', () => {
	const numbers = EXAMPLE_NAMES.map(numberOf);
	expect([numbers[0], numbers.at(-1)]).toEqual(['01', String(EXAMPLE_NAMES.length)]);
	expect([...numbers].sort()).toEqual(numbers);
	expect(new Set(numbers).size).toBe(EXAMPLE_NAMES.length);
});
