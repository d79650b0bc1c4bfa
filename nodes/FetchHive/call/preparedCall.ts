import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

/** What an item becomes. */
export interface Result {
	json: IDataObject;
	binary?: IBinaryKeyData;
}

/** A call that passed every check and is ready to be sent. */
export interface PreparedCall {
	/**
	 * Sends it once.
	 *
	 * @throws FetchHiveError when it brings no completed or accepted run.
	 */
	send(): Promise<Result>;
	/** Something the user should know although nothing is wrong. */
	hint?: string;
}
