import { copyNestedDeep } from './smallStack';

it('copies an answer nested very deep when a fourth of the stack is in use already', () => {
	expect(copyNestedDeep(740)).toEqual({ status: 0, stderr: '' });
});
