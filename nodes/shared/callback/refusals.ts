import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { RecentMap } from './recentCallbacks';

const WINDOW_MILLISECONDS = 10_000;
const MAX_LINES = 10;
const MAX_WINDOWS = 10_000;

interface Window {
	startedAt: number;
	lines: number;
	leftOut: number;
}

/**
 * Which refusals are written to n8n's log. Anyone who knows a webhook's address can cause them. Without a limit a flood
 * of calls would write gigabytes a day, and push out the other lines.
 */
export class RefusalLog {
	private readonly windows = new RecentMap<Window>(Infinity, MAX_WINDOWS);

	/**
	 * @param key Identifies the node and the reason.
	 * @param nowMilliseconds The clock, in milliseconds since any fixed moment.
	 * @returns how many refusals before this one got no line; undefined when this one gets no line.
	 */
	lineFor(key: string, nowMilliseconds: number): { leftOut: number } | undefined {
		const last = this.windows.get(key);
		if (last === undefined || nowMilliseconds - last.startedAt >= WINDOW_MILLISECONDS) {
			this.windows.set(key, { startedAt: nowMilliseconds, lines: 1, leftOut: 0 });
			return { leftOut: last?.leftOut ?? 0 };
		}
		if (last.lines < MAX_LINES) {
			last.lines += 1;
			return { leftOut: 0 };
		}
		last.leftOut += 1;
		return undefined;
	}
}

const refusalLog = new RefusalLog();

/** Enough to recognise an ID, and for n8n's error messages. */
const MAX_LOGGED_CHARACTERS = 200;

/**
 * Refuses a call: the caller gets a fixed text, n8n's log the reason. Nothing starts or resumes.
 *
 * @param reason What was wrong, without any secret and without the body.
 */
export function refuseCall(
	context: IWebhookFunctions,
	status: number,
	message: string,
	reason: string,
): IWebhookResponseData {
	logRefusal(context, reason);
	return answerCall(context, status, { message });
}

function logRefusal(context: IWebhookFunctions, reason: string): void {
	const { id, name, type } = context.getNode();
	const workflowId = context.getWorkflow().id;
	// What follows a colon may be the sender's words.
	const [kind] = reason.split(':', 1);
	const line = refusalLog.lineFor(JSON.stringify([workflowId, id, kind]), performance.now());
	if (line === undefined) return;
	const node = type.endsWith('Trigger') ? 'Fetch Hive Trigger' : 'Fetch Hive';
	const others = line.leftOut > 0 ? `, and ${line.leftOut} others that are not in the log` : '';
	// In the text, because n8n's default log format leaves metadata out.
	const place = `node "${name}", workflow ${workflowId}`;
	context.logger.warn(`${node} refused a callback: ${reason} (${place})${others}`);
}

/** Answers a call after which nothing starts or resumes. */
export function answerCall(
	context: IWebhookFunctions,
	status: number,
	body: IDataObject,
): IWebhookResponseData {
	context.getResponseObject().status(status).json(body);
	return { noWebhookResponse: true };
}

/** A sender's text for a log: cut, and quoted, so that it cannot look like lines of the log. */
export function quotedForLog(text: string): string {
	const shown =
		text.length > MAX_LOGGED_CHARACTERS ? `${text.slice(0, MAX_LOGGED_CHARACTERS)}…` : text;
	return JSON.stringify(shown);
}
