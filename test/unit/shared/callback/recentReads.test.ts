import { RecentReads } from '../../../../nodes/shared/callback/recentReads';

const SECOND = 1000;

/** A credential that can be changed, and counts how often it is read. */
function credential(secret: string) {
	const state = { secret, reads: 0 };
	const read = async () => {
		state.reads += 1;
		return state.secret;
	};
	return { state, read };
}

/** Uses a value only if it is this one, as a signature fits one secret only. */
const only = (wanted: string) => async (value: string) => (value === wanted ? value : undefined);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('a value that is of use is read once in ten seconds', async () => {
	const { read, state } = credential('a');
	const recent = new RecentReads<string>();
	for (let call = 0; call < 100; call += 1) {
		expect(await recent.use('key', read, only('a'))).toBe('a');
		jest.advanceTimersByTime(99);
	}
	expect(state.reads).toBe(1);
	jest.advanceTimersByTime(SECOND);
	expect(await recent.use('key', read, only('a'))).toBe('a');
	expect(state.reads).toBe(2);
});

it('a value that was removed is of no use after ten seconds, however many calls come', async () => {
	const { read, state } = credential('a');
	const recent = new RecentReads<string>();
	await recent.use('key', read, only('a'));
	state.secret = '';
	jest.advanceTimersByTime(9 * SECOND);
	expect(await recent.use('key', read, only('a'))).toBe('a');
	jest.advanceTimersByTime(SECOND);
	expect(await recent.use('key', read, only('a'))).toBeUndefined();
});

it('a new value works at once', async () => {
	const { read, state } = credential('old');
	const recent = new RecentReads<string>();
	await recent.use('key', read, only('old'));
	state.secret = 'new';
	expect(await recent.use('key', read, only('new'))).toBe('new');
	expect(state.reads).toBe(2);
});

it('a new value works at once after a call that found it missing', async () => {
	const { read, state } = credential('old');
	const recent = new RecentReads<string>();
	expect(await recent.use('key', read, only('new'))).toBeUndefined();
	state.secret = 'new';
	expect(await recent.use('key', read, only('new'))).toBe('new');
});

it('a flood of forged calls makes it be read once a second', async () => {
	const { read, state } = credential('a');
	const recent = new RecentReads<string>();
	for (let call = 0; call < 300; call += 1) {
		expect(await recent.use('key', read, only('forged'))).toBeUndefined();
		jest.advanceTimersByTime(10);
	}
	// Once for the first call, and once in each of the three seconds.
	expect(state.reads).toBe(4);
});

it('a new value works within a second of a flood of forged calls', async () => {
	const { read, state } = credential('old');
	const recent = new RecentReads<string>();
	for (let call = 0; call < 3; call += 1) await recent.use('key', read, only('forged'));
	state.secret = 'new';
	jest.advanceTimersByTime(SECOND);
	expect(await recent.use('key', read, only('new'))).toBe('new');
});

it('calls at the same time share one reading', async () => {
	const { read, state } = credential('a');
	const recent = new RecentReads<string>();
	const calls = Array.from({ length: 50 }, async () => await recent.use('key', read, only('a')));
	expect(new Set(await Promise.all(calls))).toEqual(new Set(['a']));
	expect(state.reads).toBe(1);
});

it('a call that waited while another one read a newer value gets that one', async () => {
	const { read, state } = credential('old');
	const recent = new RecentReads<string>();
	await recent.use('key', read, only('old'));
	state.secret = 'new';
	const calls = Array.from({ length: 50 }, async () => await recent.use('key', read, only('new')));
	expect(new Set(await Promise.all(calls))).toEqual(new Set(['new']));
	expect(state.reads).toBe(2);
});

it('values of different keys are kept apart', async () => {
	const [one, other] = [credential('a'), credential('b')];
	const recent = new RecentReads<string>();
	expect(await recent.use('one', one.read, only('a'))).toBe('a');
	expect(await recent.use('other', other.read, only('a'))).toBeUndefined();
	expect(await recent.use('other', other.read, only('b'))).toBe('b');
});

it('a reading that failed is told to who asked and is not remembered', async () => {
	const { read } = credential('a');
	const recent = new RecentReads<string>();
	const failing = async () => await Promise.reject<string>(new Error('No database'));
	await expect(recent.use('key', failing, only('a'))).rejects.toThrow('No database');
	expect(await recent.use('key', read, only('a'))).toBe('a');
});

it('a reading that fails late takes away no newer one', async () => {
	const { read, state } = credential('a');
	const recent = new RecentReads<string>();
	let fail: () => void = () => {};
	const hanging = async () =>
		await new Promise<string>(
			(_resolve, reject) => (fail = () => reject(new Error('No database'))),
		);
	const late = recent.use('key', hanging, only('a'));
	jest.advanceTimersByTime(10 * SECOND);
	expect(await recent.use('key', read, only('a'))).toBe('a');
	fail();
	await expect(late).rejects.toThrow('No database');
	expect(await recent.use('key', read, only('a'))).toBe('a');
	expect(state.reads).toBe(1);
});

it('is bounded: of very many keys the oldest are forgotten', async () => {
	const { read, state } = credential('a');
	const recent = new RecentReads<string>();
	for (let key = 0; key < 1500; key += 1) await recent.use(String(key), read, only('a'));
	expect(state.reads).toBe(1500);
	await recent.use('1499', read, only('a'));
	expect(state.reads).toBe(1500);
	await recent.use('0', read, only('a'));
	expect(state.reads).toBe(1501);
});
