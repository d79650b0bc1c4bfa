import type {
	DeduplicationItemTypes,
	ICheckProcessedContextData,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';

/** Stands for n8n's store of processed items, which is in its database: one list for each node. */
export class MemoryDeduplicator implements IDataDeduplicator {
	isBroken = false;

	private readonly seen = new Set<string>();

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
		for (const item of items) {
			const entry = JSON.stringify([scope, node?.id, item]);
			(this.seen.has(entry) ? output.processed : output.new).push(item);
			this.seen.add(entry);
		}
		return output;
	}

	async removeProcessed(): Promise<void> {}

	async clearAllProcessedItems(): Promise<void> {}

	async getProcessedDataCount(): Promise<number> {
		return this.seen.size;
	}
}
