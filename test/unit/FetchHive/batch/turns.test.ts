import fc from 'fast-check';

import { Turns } from '../../../../nodes/FetchHive/batch/turns';

it('takes what needs no turn as it comes', () => {
	const turns = new Turns([undefined, undefined]);
	expect([turns.take(), turns.take(), turns.take()]).toEqual([0, 1, undefined]);
});

it('passes over what must wait for its turn, and comes back to it first', () => {
	const turns = new Turns(['a', 'a', 'b', undefined, 'a', 'c']);
	expect([turns.take(), turns.take()]).toEqual([0, 2]);
	expect(turns.after(0)).toBe(1);
	expect(turns.after(2)).toBe(3);
	expect(turns.after(1)).toBe(4);
});

it('lets a turn go on that was free in between', () => {
	const turns = new Turns(['a', 'b', 'a']);
	expect(turns.take()).toBe(0);
	expect(turns.after(0)).toBe(1);
	expect(turns.take()).toBe(2);
});

it('gives every item once, those of a turn one after the other in their order', () => {
	const turnsOfItems = fc.array(fc.constantFrom('a', 'b', 'c', undefined), { maxLength: 40 });
	const choices = fc.infiniteStream(fc.nat());
	fc.assert(
		fc.property(turnsOfItems, fc.integer({ min: 1, max: 5 }), choices, (items, most, next) => {
			const turns = new Turns(items);
			const given: number[] = [];
			const atWork: number[] = [];
			const work = (index: number | undefined) => {
				if (index === undefined) return;
				given.push(index);
				atWork.push(index);
			};
			for (let worker = 0; worker < most; worker++) work(turns.take());
			while (atWork.length > 0) {
				const busy = atWork.map((index) => items[index]).filter(Boolean);
				expect(new Set(busy).size).toBe(busy.length);
				const [ended] = atWork.splice(Number(next.next().value) % atWork.length, 1);
				work(turns.after(ended));
			}
			expect([...given].sort((a, b) => a - b)).toEqual([...items.keys()]);
			for (const turn of ['a', 'b', 'c']) {
				const own = given.filter((index) => items[index] === turn);
				expect(own).toEqual([...own].sort((a, b) => a - b));
			}
		}),
	);
});
