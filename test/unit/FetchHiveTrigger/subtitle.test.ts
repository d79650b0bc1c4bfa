import { FetchHiveTrigger } from '../../../nodes/FetchHiveTrigger/FetchHiveTrigger.node';
import { subtitleOnCanvas } from '../canvas';

const { description } = new FetchHiveTrigger();

it.each([
	['ended runs, as by default', {}, 'Run Completed, Run Failed'],
	['one kind', { triggerOn: ['failed'] }, 'Run Failed'],
	['one kind that is no list', { triggerOn: 'completed' }, 'Run Completed'],
	['nothing', { triggerOn: [] }, ''],
	['a kind that is in no list', { triggerOn: ['completed', 'paused'] }, 'Run Completed, paused'],
	['an expression', { triggerOn: '={{ ["com" + "pleted"] }}' }, 'Run Completed'],
])('says in the words of the panel that the trigger starts on %s', (_what, parameters, text) => {
	expect(subtitleOnCanvas(description, parameters)).toBe(text);
});
