import { progressReporter } from '../../../../nodes/FetchHive/batch/report';

function reporter(total: number) {
	const clock = { nowMs: 0, now: () => clock.nowMs };
	const said: string[] = [];
	const report = progressReporter({ sendMessageToUI: (text) => said.push(text) }, total, clock);
	return { clock, report, said };
}

it('says every five seconds how far a batch is', () => {
	const { clock, report, said } = reporter(100);
	for (let ended = 1; ended <= 100; ended++) {
		clock.nowMs = ended * 100;
		report(ended);
	}
	expect(said).toEqual(['50 of 100 items are done']);
});

it('says nothing of a batch that is quick', () => {
	const { report, said } = reporter(100);
	for (let ended = 1; ended <= 100; ended++) report(ended);
	expect(said).toEqual([]);
});

it('says nothing when all is done', () => {
	const { clock, report, said } = reporter(1);
	clock.nowMs = 60_000;
	report(1);
	expect(said).toEqual([]);
});
