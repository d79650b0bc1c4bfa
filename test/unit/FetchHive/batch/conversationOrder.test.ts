import fc from 'fast-check';

import { ConversationOrder } from '../../../../nodes/FetchHive/batch/conversationOrder';

it('takes items without a conversation as they come', () => {
	const order = new ConversationOrder([undefined, undefined]);
	expect([order.take(), order.take(), order.take()]).toEqual([0, 1, undefined]);
});

it('passes over an item whose conversation is busy, and comes back to it first', () => {
	const order = new ConversationOrder(['a', 'a', 'b', undefined, 'a', 'c']);
	expect([order.take(), order.take()]).toEqual([0, 2]);
	expect(order.after(0)).toBe(1);
	expect(order.after(2)).toBe(3);
	expect(order.after(1)).toBe(4);
});

it('goes on with a conversation that was free in between', () => {
	const order = new ConversationOrder(['a', 'b', 'a']);
	expect(order.take()).toBe(0);
	expect(order.after(0)).toBe(1);
	expect(order.take()).toBe(2);
});

it('gives every item once, those of a conversation one after the other in their order', () => {
	const conversations = fc.array(fc.constantFrom('a', 'b', 'c', undefined), { maxLength: 40 });
	const choices = fc.infiniteStream(fc.nat());
	fc.assert(
		fc.property(conversations, fc.integer({ min: 1, max: 5 }), choices, (items, most, next) => {
			const order = new ConversationOrder(items);
			const given: number[] = [];
			const atWork: number[] = [];
			const work = (index: number | undefined) => {
				if (index === undefined) return;
				given.push(index);
				atWork.push(index);
			};
			for (let worker = 0; worker < most; worker++) work(order.take());
			while (atWork.length > 0) {
				const busy = atWork.map((index) => items[index]).filter(Boolean);
				expect(new Set(busy).size).toBe(busy.length);
				const [ended] = atWork.splice(Number(next.next().value) % atWork.length, 1);
				work(order.after(ended));
			}
			expect([...given].sort((a, b) => a - b)).toEqual([...items.keys()]);
			for (const conversation of ['a', 'b', 'c']) {
				const own = given.filter((index) => items[index] === conversation);
				expect(own).toEqual([...own].sort((a, b) => a - b));
			}
		}),
	);
});
