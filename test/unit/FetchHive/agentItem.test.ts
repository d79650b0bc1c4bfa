import { agentItem, hintOfBackgroundWork } from '../../../nodes/FetchHive/actions/agent/agentItem';

const pending_delegations = [{ id: 'delegation_1', kind: 'workflow' }];
const answer = (body: object) => agentItem({ statusCode: 200, body: { ...body } });

describe("an agent's answer", () => {
	it.each([{}, { pending_delegations: [] }, { pending_delegations: null }])(
		'is done without background work: %j',
		(more) => {
			const item = answer({ response: 'Yes', ...more });
			expect(item).toEqual({ output: 'Yes', response: 'Yes', ...more });
			expect(hintOfBackgroundWork(item)).toBeUndefined();
		},
	);

	it.each([{}, { run_status: 'running' }, { status: 'pending' }, { run_status: 'completed' }])(
		'says that work goes on, whatever Fetch Hive calls that: %j',
		(status) => {
			const item = answer({ response: 'Soon', pending_delegations, ...status });
			expect(item).toEqual({
				output: 'Soon',
				response: 'Soon',
				pending_delegations,
				run_status: 'pending_delegations',
			});
			expect(hintOfBackgroundWork(item)).toContain('Delegation');
		},
	);

	it('is a failure where the run has failed, in spite of work that goes on', () => {
		expect(() => answer({ run_status: 'failed', pending_delegations })).toThrow(
			'The run ended as failed',
		);
	});

	it('is a failure where the run is not done and nothing was answered for it', () => {
		expect(() => answer({ run_status: 'running' })).toThrow('before the run was done');
	});

	it('has no top-level error, which n8n would take for a failed item', () => {
		const item = answer({ response: 'Soon', error: 'One tool failed', pending_delegations });
		expect(item).not.toHaveProperty('error');
		expect(item.error_message).toBe('One tool failed');
	});
});
