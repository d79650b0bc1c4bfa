import { Callbacks } from '../../../../playground/live/callbacks';
import { untilQuietIn } from '../../../../playground/live/quiet';
import { freePort } from '../../../../playground/ports';

const NEVER = 3_600_000;

let callbacks: Callbacks;

beforeEach(async () => {
	const port = await freePort();
	callbacks = new Callbacks(`http://127.0.0.1:${port}`);
	await callbacks.listen(port);
});

afterEach(async () => await callbacks.close());

const callBack = async (mailbox: string, signal?: AbortSignal) =>
	await fetch(callbacks.addressOf(mailbox), { method: 'POST', body: '{}', signal });

it('waits for a first callback, however long quiet it is until then', async () => {
	const events: string[] = [];
	const quiet = untilQuietIn(callbacks, { firstWithinMs: NEVER, quietMs: 0 })('taken').then(() =>
		events.push('quiet'),
	);

	expect((await callBack('taken')).status).toBe(200);
	events.push('called back');
	await quiet;

	expect(callbacks.in('taken')).toHaveLength(1);
	expect(events.sort()).toEqual(['called back', 'quiet']);
});

it('ends without any callback when none came for long', async () => {
	await untilQuietIn(callbacks, { firstWithinMs: 0, quietMs: NEVER })('taken');

	expect(callbacks.arrivals).toEqual([]);
});

it('sees a call without an answer end when the other side leaves', async () => {
	const quiet = untilQuietIn(callbacks, { firstWithinMs: NEVER, quietMs: 0 })('silent');

	await expect(callBack('silent', AbortSignal.timeout(20))).rejects.toThrow();
	await quiet;

	expect(callbacks.in('silent')).toMatchObject([{ closedAt: expect.any(Number) }]);
});

it('takes nothing at a path that nobody was told', async () => {
	const guessed = callbacks.addressOf('taken').replace(/\/[0-9a-f]{32}\//, '/guessed/');

	expect((await fetch(guessed, { method: 'POST', body: '{}' })).status).toBe(404);
	expect(callbacks.arrivals).toEqual([]);
});
