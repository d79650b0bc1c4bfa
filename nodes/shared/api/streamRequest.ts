import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { textOf } from '../json/records';
import { EventLines } from '../stream/eventLines';
import { MaskedWords } from '../stream/maskedWords';
import { wholeBody } from './answerBody';
import { apiKeyOf } from './connection';
import { EndedEarly, errorOfBrokenAnswer, errorOfStreamedRun } from './streamErrors';
import { StreamedRun } from './streamedRun';
import type { ApiAnswer, ApiRequest, OpenAnswer } from './transport';
import { checkedResponse, safeBody, withAnswer } from './transport';

const EVENTS_OR_JSON = 'text/event-stream, application/json';

/** Told the words of a response as they come, without the API key; the next ones only after it is done. Never throws. */
export type OnWords = (words: string) => Promise<void>;

/**
 * Sends a request whose answer is to be streamed, once, and reads the answer to its end. Its `timeoutSeconds` are for
 * all of it. An answer that comes in one piece is taken, too: `onWords` is then never called.
 *
 * @returns the answer as it comes where nothing is streamed.
 * @throws FetchHiveError as `sendRequest`; and when the answer breaks off, or tells that the run failed, with what had
 * come of it.
 * @throws ParameterError as `sendRequest`.
 */
export async function streamRequest(
	context: IExecuteFunctions,
	request: ApiRequest,
	onWords: OnWords,
): Promise<ApiAnswer> {
	const apiKey = await apiKeyOf(context);
	const run = new StreamedRun();
	const soFar = () => safeBody(run.body(), apiKey);
	const received = await withAnswer(context, request, EVENTS_OR_JSON, async (answer) => {
		try {
			return { ...answer.head, body: await bodyOf(answer, run, telling(onWords, apiKey)) };
		} catch (thrown) {
			const timeoutSeconds = answer.isTimeUp() ? request.timeoutSeconds : undefined;
			throw errorOfBrokenAnswer(thrown, timeoutSeconds, soFar());
		}
	});
	if (run.failure === undefined) return checkedResponse(received, request, apiKey);
	throw errorOfStreamedRun(safeBody(run.failure, apiKey), received.statusCode, soFar());
}

async function bodyOf(answer: OpenAnswer, run: StreamedRun, tell: Telling): Promise<unknown> {
	const { headers, statusCode } = answer.head;
	const isStream = /^text\/event-stream\b/i.test(textOf(headers['content-type']) ?? '');
	if (!isStream || statusCode < 200 || statusCode >= 300) {
		return await wholeBody(answer.bytes, headers['content-type']);
	}
	return await streamedBody(answer, run, tell);
}

async function streamedBody(
	answer: OpenAnswer,
	run: StreamedRun,
	tell: Telling,
): Promise<IDataObject> {
	await readEvents(answer, run, tell).catch((thrown) => {
		// Once the run is done and paid for, whatever happens to the connection must not cost its result.
		if (!run.isComplete) throw thrown;
	});
	await tell.end();
	if (!run.isComplete && run.failure === undefined) throw new EndedEarly();
	return run.body();
}

async function readEvents(
	{ bytes, close }: OpenAnswer,
	run: StreamedRun,
	tell: Telling,
): Promise<void> {
	const lines = new EventLines();
	const take = async (events: string[]) => {
		for (const data of events) {
			if (!run.hasEnded) await tell.words(run.take(data));
		}
	};
	for await (const piece of bytes) {
		await take(lines.push(piece));
		if (run.hasEnded) {
			// The server may leave it open.
			close();
			return;
		}
	}
	await take(lines.end());
}

interface Telling {
	words(words: string): Promise<void>;
	/** Tells what was held back. */
	end(): Promise<void>;
}

function telling(onWords: OnWords, apiKey: string): Telling {
	const masked = new MaskedWords(apiKey);
	const tell = async (words: string) => {
		if (words !== '') await onWords(words);
	};
	return {
		words: async (words) => await tell(masked.push(words)),
		end: async () => await tell(masked.end()),
	};
}
