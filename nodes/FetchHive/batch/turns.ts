/**
 * Which item is next. Items of the same turn go one after the other; one whose turn is busy is passed over, so that it
 * keeps neither a worker nor a place from items that could be sent.
 *
 * Whoever has taken an item asks for the next with `after`. Who gets none is not needed any more: all items that are
 * left are of turns that are busy, and go on with those who are at them.
 */
export class Turns {
	private next = 0;
	/** Of each busy turn, the items that were passed over, in their order. */
	private readonly passedOver = new Map<string, number[]>();

	/** @param turnOf The turn of each item; undefined for one that needs none. */
	constructor(private readonly turnOf: ReadonlyArray<string | undefined>) {}

	/** The first item that nobody has taken and whose turn is free. */
	take(): number | undefined {
		while (this.next < this.turnOf.length) {
			const index = this.next++;
			if (this.begin(index)) return index;
		}
		return undefined;
	}

	/** The same for whoever is done with an item: its turn is free again. */
	after(index: number): number | undefined {
		const turn = this.turnOf[index];
		if (turn === undefined) return this.take();
		const own = this.passedOver.get(turn)?.shift();
		// It was passed over before `next`, so no free item comes before it.
		if (own !== undefined) return own;
		this.passedOver.delete(turn);
		return this.take();
	}

	private begin(index: number): boolean {
		const turn = this.turnOf[index];
		if (turn === undefined) return true;
		const behind = this.passedOver.get(turn);
		if (behind === undefined) this.passedOver.set(turn, []);
		else behind.push(index);
		return behind === undefined;
	}
}
