import type { Retry, Verdict } from './verdict';

/** What is known of a request that did not bring a completed run. */
export interface FailureDetails {
	/** What the user can do, with Fetch Hive's own words and the request ID. */
	description: string;
	/** Fetch Hive's `error_code`; the network error's code where no answer came. */
	errorCode?: string;
	/** HTTP status of the answer; undefined when none came. */
	statusCode?: number;
	requestId?: string;
	/** The run's own ID, where the answer brought one. */
	runId?: string;
	runStatus?: string;
	/** The words that had come of a streamed answer that broke off. */
	partialResponse?: string;
	/** Whether a run may have been started, and charged: such a request must not be sent again. */
	mayHaveStarted: boolean;
}

/** A request that did not bring a completed run. `message` says what happened, `description` what to do. */
export class FetchHiveError extends Error {
	readonly details: FailureDetails;
	/** When the node itself may send the request again; undefined for never. */
	readonly retry?: Retry;
	/** Whether n8n's Retry on Fail may send it again. */
	readonly mayRetryOnFail: boolean;

	constructor(
		message: string,
		details: FailureDetails,
		{ retry, mayRetryOnFail }: Partial<Pick<Verdict, 'retry' | 'mayRetryOnFail'>> = {},
	) {
		super(message);
		this.name = 'FetchHiveError';
		this.details = details;
		this.retry = retry;
		this.mayRetryOnFail = mayRetryOnFail ?? !details.mayHaveStarted;
	}
}
