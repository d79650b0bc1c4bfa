import type {
	DeduplicationItemTypes,
	ICheckProcessedContextData,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';

import { nextTurn } from './until';

/**
 * Stands for n8n's store of processed items, which is in its database: one list for each node. Like it, it reads the
 * list, changes it and writes it back: of calls at the same time only the last one's items are remembered.
 */
export class MemoryDeduplicator implements IDataDeduplicator {
	isBroken = false;

	private seen = new Set<string>();

	clear(): void {
		this.isBroken = false;
		this.seen.clear();
	}

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: string,
		{ node }: ICheckProcessedContextData,
	): Promise<IDeduplicationOutput> {
		if (this.isBroken) throw new Error('UNIQUE constraint failed: processed_data.workflowId');
		const output: IDeduplicationOutput = { new: [], processed: [] };
		const read = new Set(this.seen);
		// The time of the database, in which other calls read the same.
		await nextTurn();
		const entries = items.map((item) => JSON.stringify([scope, node?.id, item]));
		for (const [index, entry] of entries.entries()) {
			(read.has(entry) ? output.processed : output.new).push(items[index]);
		}
		this.seen = new Set([...read, ...entries]);
		return output;
	}

	async removeProcessed(): Promise<void> {}

	async clearAllProcessedItems(): Promise<void> {}

	async getProcessedDataCount(): Promise<number> {
		return this.seen.size;
	}
}
