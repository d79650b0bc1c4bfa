import { RefusalLog } from '../../../../nodes/shared/callback/refusals';

let log: RefusalLog;
beforeEach(() => {
	log = new RefusalLog();
});

const linesOf = (count: number, key: string, at: number) =>
	Array.from({ length: count }, () => log.lineFor(key, at)).filter((line) => line !== undefined);

it('gives the first ten refusals of ten seconds a line each, and the others none', () => {
	expect(linesOf(1000, 'node', 5)).toEqual(Array.from({ length: 10 }, () => ({ leftOut: 0 })));
	expect(linesOf(10, 'node', 10_004)).toEqual([]);
});

it('says in the next line how many had none', () => {
	linesOf(1000, 'node', 5);
	expect(linesOf(2, 'node', 10_005)).toEqual([{ leftOut: 990 }, { leftOut: 0 }]);
});

it('counts for each key by itself', () => {
	linesOf(1000, 'node', 5);
	expect(linesOf(1, 'other node', 5)).toEqual([{ leftOut: 0 }]);
});

it('forgets the oldest of very many keys', () => {
	linesOf(1000, 'node', 5);
	for (let key = 0; key < 10_000; key += 1) log.lineFor(`other ${key}`, 5);
	expect(linesOf(1, 'node', 6)).toEqual([{ leftOut: 0 }]);
	expect(linesOf(1000, 'other 9999', 6)).toHaveLength(9);
});
