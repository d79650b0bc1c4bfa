const { notFound } = require('../errors');

/** @type {import('./order').LookUpHandler} */
function getWorkflowRun({ runs }, { params }) {
	const run = runs.all.find(({ kind, runId }) => kind === 'workflow' && runId === params.id);
	if (!run) throw notFound('Workflow run not found');
	const { endedAt, failure, output = null, runId, startedAt, status } = run;
	const body = {
		id: runId,
		status,
		output,
		error: failure?.message ?? null,
		started_at: startedAt,
		ended_at: endedAt,
	};
	return { status: 200, body: { workflow_run: body } };
}

module.exports = { getWorkflowRun };
