/**
 * Which item is sent next. Messages of one conversation are sent one after the other, in the order of their items. An item
 * whose conversation is busy is skipped, so that it does not block a slot.
 *
 * A worker that has taken an item asks for its next one with `after`. A worker that gets none is not needed any more: all
 * remaining items belong to busy conversations, and their workers take them.
 */
export class ConversationOrder {
	private next = 0;
	/** The skipped items of each busy conversation. */
	private readonly skipped = new Map<string, number[]>();

	/** @param conversationOf The conversation of each item; undefined for an item that needs no order. */
	constructor(private readonly conversationOf: ReadonlyArray<string | undefined>) {}

	/** The first item that was not taken yet and whose conversation is free. */
	take(): number | undefined {
		while (this.next < this.conversationOf.length) {
			const index = this.next++;
			if (this.begin(index)) return index;
		}
		return undefined;
	}

	/** The same for a worker that is done with an item, whose conversation is free again. */
	after(index: number): number | undefined {
		const conversation = this.conversationOf[index];
		if (conversation === undefined) return this.take();
		const own = this.skipped.get(conversation)?.shift();
		// It was skipped before `next`, so no free item comes before it.
		if (own !== undefined) return own;
		this.skipped.delete(conversation);
		return this.take();
	}

	private begin(index: number): boolean {
		const conversation = this.conversationOf[index];
		if (conversation === undefined) return true;
		const behind = this.skipped.get(conversation);
		if (behind === undefined) this.skipped.set(conversation, []);
		else behind.push(index);
		return behind === undefined;
	}
}
