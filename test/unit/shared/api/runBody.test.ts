import { reasonIn, stateIn } from '../../../../nodes/shared/api/runBody';

describe('the state of a run', () => {
	const state = { request_id: 'req_7', status: 'running' };

	it.each([
		['as it is', state, state],
		['in request', { request: state }, state],
		['in workflow_run', { workflow_run: state }, state],
		[
			'in a wrapper with something beside it',
			{ request: state, note: 'a' },
			{ note: 'a', ...state },
		],
		[
			'as it is, where request is a detail of it',
			{ status: 'failed', request: { status: 'completed' } },
			{ status: 'failed', request: { status: 'completed' } },
		],
		['nowhere', { request: 'req_7' }, { request: 'req_7' }],
		['nowhere, in an empty answer', {}, {}],
		['nowhere, where request is a list', { request: [state] }, { request: [state] }],
	])('stands %s', (_, body, expected) => {
		expect(stateIn(body)).toEqual(expected);
	});
});

describe('the reason', () => {
	it.each([
		['the message of a failed run', { status: 'failed', message: 'Broke' }, 'Broke'],
		['the message of a cancelled run', { run_status: 'run_cancelled', message: 'No' }, 'No'],
		['an error rather than a message', { status: 'failed', error: 'a', message: 'b' }, 'a'],
		[
			'an error of a run of unknown end',
			{ status: 'odd', error: { message: 'a' } },
			{ message: 'a' },
		],
	])('is %s', (_, state, reason) => {
		expect(reasonIn(state)).toEqual(reason);
	});

	it.each([
		['has completed', { status: 'completed', message: 'All done' }],
		['goes on', { status: 'pending', message: 'Step 1 of 3' }],
		['says nothing of how it is', { message: 'a' }],
		['gives none', { status: 'failed', message: null, error: null }],
		['gives an empty one', { status: 'failed', message: '' }],
	])('is not there for a run that %s', (_, state) => {
		expect(reasonIn(state)).toBeUndefined();
	});
});
