import { checksOf, runChecks } from '../../../playground/checks';
import type { Demo } from '../../../playground/demo';

async function linesOf(checks: Parameters<typeof runChecks>[0], signal?: AbortSignal) {
	const lines: string[] = [];
	const allWell = await runChecks(checks, { say: (line) => lines.push(line), signal });
	return { allWell, lines };
}

const well = { title: 'the sky is blue', look: async () => 'a blue sky' };
const unwell = {
	title: 'the moon is green',
	look: async () => await Promise.reject(new Error('it is grey')),
};

describe('the checks at the end of npm start', () => {
	it('say why one failed, and go on with the next', async () => {
		const { allWell, lines } = await linesOf([unwell, well]);
		expect(allWell).toBe(false);
		expect(lines).toEqual([
			'FAIL  the moon is green: it is grey',
			'ok  the sky is blue\n      a blue sky',
		]);
	});

	it('end at once when the start is interrupted', async () => {
		const interrupted = AbortSignal.abort(new Error('interrupted'));
		await expect(linesOf([unwell, well], interrupted)).rejects.toThrow('interrupted');
	});
});

const INVOKE = 'Workflow: Invoke gave the output';
const WAIT = 'Workflow: Invoke and Wait slept until the signed callback and went on';
const RECEIVED = 'Fetch Hive Trigger verified the signed callback and started its workflow';

/** A set-up whose n8n shows an execution in one state after the other. */
function demoWith({ states = [] as object[], ...rest }: Partial<Demo> & { states?: object[] }) {
	const execution = async () => states.shift();
	const client = { run: async () => '7', execution, finishedExecution: execution };
	const examples = new Proxy({}, { get: () => ({ id: 'anyExample' }) });
	const credentialTest = { status: 'OK', message: 'Connection successful!' };
	return { client, examples, credentialTest, ...rest } as unknown as Demo;
}

describe('what npm start executes', () => {
	const titlesOf = (demo: Partial<Demo>) =>
		checksOf(demoWith(demo))
			.map(({ title }) => title)
			.filter((title) => [INVOKE, WAIT, RECEIVED].includes(title));

	it('is Invoke and Wait, too, where a callback can reach the n8n', () => {
		expect(titlesOf({ canWait: true, canReceive: true })).toEqual([INVOKE, WAIT, RECEIVED]);
		expect(titlesOf({ canWait: true, canReceive: false })).toEqual([INVOKE, WAIT]);
	});

	it('is neither that nor the callback where none can', () => {
		expect(titlesOf({ canWait: false, canReceive: false })).toEqual([INVOKE]);
	});
});

describe('the check of Invoke and Wait', () => {
	const items = [{ json: { output: 'A summary.' } }];
	const runData = { 'Use the Result': [{ data: { main: [items] } }] };
	const ended = { id: '7', status: 'success', resultData: { runData } };
	const seen = async (states: object[]) => {
		const checks = checksOf(demoWith({ canWait: true, states }));
		return await linesOf(checks.filter(({ title }) => title === WAIT));
	};

	it('passes with the output behind the node of an execution that slept', async () => {
		expect(await seen([{ status: 'running' }, { status: 'waiting' }, ended])).toEqual({
			allWell: true,
			lines: [`ok  ${WAIT}\n      "A summary."`],
		});
	});

	it('fails when the execution ended without sleeping', async () => {
		expect(await seen([{ status: 'running' }, ended, ended])).toEqual({
			allWell: false,
			lines: [`FAIL  ${WAIT}: execution 7 ended without sleeping`],
		});
	});

	it('says why the execution failed instead', async () => {
		const failed = {
			id: '7',
			status: 'error',
			resultData: { error: { message: 'Fetch Hive cannot call this n8n back' }, runData: {} },
		};
		expect((await seen([failed, failed])).lines).toEqual([
			`FAIL  ${WAIT}: execution 7 ended as "error": Fetch Hive cannot call this n8n back`,
		]);
	});
});
