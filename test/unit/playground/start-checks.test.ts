import { runChecks } from '../../../playground/checks';

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
	it('print a line for each, and what was seen', async () => {
		expect(await linesOf([well])).toEqual({
			allWell: true,
			lines: ['ok  the sky is blue\n      a blue sky'],
		});
	});

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
