import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

/** An item as it is put out. */
export interface ResultItem {
	json: IDataObject;
	binary?: IBinaryKeyData;
}

/** What an item becomes. */
export interface Result extends ResultItem {
	/** The items of a call that gives several, in the place of `json`. */
	items?: IDataObject[];
	/** Something the user should know of the result although nothing is wrong. */
	hint?: string;
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
