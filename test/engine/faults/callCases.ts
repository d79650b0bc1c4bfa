import { faults } from '../../../playground/emulator/faults';
import type { Setting } from './observation';
import type { Opening } from './environment';
import { BY_BASE_URL, openingWith } from './environment';

/** What may have become of the run when a call meets a fault, as far as the node can know. */
export type KnownRun = 'the result arrives' | 'may be going on' | 'not started';

/** The truth about each fault, on which the texts are measured. */
export const KNOWN_RUNS: Record<string, KnownRun> = {
	connection_refused: 'not started',
	unknown_host: 'not started',
	untrusted_certificate: 'not started',
	no_tls: 'may be going on',
	reset_on_arrival: 'may be going on',
	reset_before_answer: 'may be going on',
	reset_in_answer: 'may be going on',
	closed_in_answer: 'may be going on',
	stalled_headers: 'may be going on',
	dripping_headers: 'may be going on',
	stalled_body: 'may be going on',
	dripping_body: 'may be going on',
	not_http: 'may be going on',
	truncated_json: 'may be going on',
	html_page: 'may be going on',
	html_error_page: 'may be going on',
	empty_ok: 'may be going on',
	no_content: 'may be going on',
	wrong_content_type: 'the result arrives',
	byte_order_mark: 'the result arrives',
	latin_1: 'the result arrives',
	large_answer: 'the result arrives',
	gzip_bomb: 'may be going on',
	redirect_elsewhere: 'may be going on',
	redirect_loop: 'may be going on',
	too_many_at_once: 'not started',
	provider_limit: 'not started',
	daily_limit: 'not started',
	limit_naming_run: 'may be going on',
	provider_limit_in_run: 'may be going on',
	server_error: 'may be going on',
	bad_gateway: 'may be going on',
	unavailable: 'may be going on',
	gateway_timeout: 'may be going on',
};

/** Their answers take much time and memory. */
const HEAVY = ['large_answer', 'gzip_bomb'];

/** Only their time-out ends these: the shortest that there is. */
const ENDLESS = ['stalled_headers', 'dripping_headers', 'stalled_body', 'dripping_body'];

/** What the emulator adds to answers. */
const NOTES: Record<string, string> = {
	latin_1: 'café',
	large_answer: `x × ${20 * 1024 * 1024}`,
};

/** What a call meets, and what must come of it. */
export interface CallCase {
	name: string;
	what: string;
	open: Opening;
	knownRun: KnownRun;
	isHeavy: boolean;
	timeoutSeconds: number;
	/** How many requests of each try arrive where they are counted. */
	requests: number;
	/** How many runs all tries start together. */
	runs: number;
	/** What stands in the answer beside the result. */
	note?: string;
}

function callCase(name: string, what: string, open: Opening): CallCase {
	return {
		name,
		what,
		open,
		knownRun: KNOWN_RUNS[name],
		isHeavy: HEAVY.includes(name),
		timeoutSeconds: ENDLESS.includes(name) ? 1 : 30,
		// What the base URL makes goes wrong before a request arrives.
		requests: name in BY_BASE_URL ? 0 : 1,
		runs: faults[name]?.stage === 'after_run' ? 1 : 0,
		note: NOTES[name],
	};
}

export const CALL_CASES: CallCase[] = [
	...Object.entries(BY_BASE_URL).map(([name, { description, open }]) =>
		callCase(name, description, open),
	),
	...Object.entries(faults).map(([name, { description }]) =>
		callCase(name, `Fetch Hive ${description}`, openingWith(name)),
	),
];

/** How often the node is to send a call in this setting: n8n's Retry on Fail lets it try three times. */
export function triesOf({ knownRun, name }: CallCase, setting: Setting): number {
	// The daily limit is the same a moment later.
	const mayGoAgain = knownRun === 'not started' && name !== 'daily_limit';
	return setting === 'retryOnFail' && mayGoAgain ? 3 : 1;
}
