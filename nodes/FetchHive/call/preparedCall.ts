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
	/** What is left to do with its result, while another call is sent already: the download of files. Never throws. */
	finish?(result: Result): Promise<Result>;
	/** Calls with the same text here are sent one after the other, in the order of their items. */
	inTurnWith?: string;
	/** Something the user should know although nothing is wrong. */
	hint?: string;
}
