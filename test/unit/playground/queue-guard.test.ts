import { isRunning } from '../../../playground/n8n/lock';
import { waitFor } from '../../../playground/n8n/rest';
import { existsSync, removeFolders } from './folders';
import { guardedProgram } from './guarded';

afterAll(removeFolders);

describe('the guard of what the playground starts', () => {
	it('ends it and removes its folder when its starter is killed', async () => {
		const { folder, pid } = await guardedProgram("process.kill(process.pid, 'SIGKILL')");
		const isGone = async () => (!isRunning(pid) && !existsSync(folder)) || undefined;
		await waitFor(isGone, { seconds: 10, what: 'it is still there' });
	});

	it('leaves the folder alone when all was stopped before', async () => {
		const stop = "child.kill('SIGKILL'); exited.then(() => guard.close())";
		const { ended, folder } = await guardedProgram(stop);
		await ended;
		expect(existsSync(folder)).toBe(true);
	});
});
