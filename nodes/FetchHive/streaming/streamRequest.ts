import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { connectionOf } from '../../shared/api/connection';
import { wholeBody } from '../../shared/api/responseBody';
import type { ApiRequest, ApiResponse, OpenResponse } from '../../shared/api/transport';
import { checkedResponse, safeBody, withResponse } from '../../shared/api/transport';
import { textOf } from '../../shared/values/value';
import { EventLines, StreamedRun } from './streamedRun';
import { EndedEarly, errorOfBrokenResponse, errorOfStreamedRun } from './streamErrors';

const EVENTS_OR_JSON = 'text/event-stream, application/json';

/** Gets the words of a response as they come, without the API key, the next ones after it is done. Never throws. */
export type OnWords = (words: string) => Promise<void>;

/**
 * Sends a request for a streamed answer, once, and reads the answer to its end. The timeout covers all of it. An answer in
 * one piece is accepted, too: then `onWords` is not called.
 *
 * @returns the answer in the form that it has without streaming.
 * @throws FetchHiveError as `sendRequest`; and when the answer breaks off or the run fails, with the words that had come.
 * @throws ParameterError as `sendRequest`.
 */
export async function streamRequest(
	context: IExecuteFunctions,
	request: ApiRequest,
	onWords: OnWords,
): Promise<ApiResponse> {
	const { apiKey } = await connectionOf(context);
	const run = new StreamedRun();
	const soFar = () => safeBody(run.body(), apiKey);
	const received = await withResponse(context, request, EVENTS_OR_JSON, async (answer) => {
		try {
			return { ...answer.head, body: await bodyOf(answer, run, wordSink(onWords, apiKey)) };
		} catch (thrown) {
			const timeoutSeconds = answer.isTimeUp() ? request.timeoutSeconds : undefined;
			throw errorOfBrokenResponse(thrown, timeoutSeconds, soFar());
		}
	});
	if (run.failure === undefined) return checkedResponse(received, request, apiKey);
	throw errorOfStreamedRun(safeBody(run.failure, apiKey), received.statusCode, soFar());
}

async function bodyOf(answer: OpenResponse, run: StreamedRun, sink: WordSink): Promise<unknown> {
	const { headers, statusCode } = answer.head;
	const isStream = /^text\/event-stream\b/i.test(textOf(headers['content-type']) ?? '');
	if (!isStream || statusCode < 200 || statusCode >= 300) {
		return await wholeBody(answer.bytes, headers['content-type']);
	}
	return await streamedBody(answer, run, sink);
}

async function streamedBody(
	answer: OpenResponse,
	run: StreamedRun,
	sink: WordSink,
): Promise<IDataObject> {
	await readEvents(answer, run, sink).catch((thrown) => {
		// When the run is done and paid for, a broken connection must not lose its result.
		if (!run.isComplete) throw thrown;
	});
	await sink.end();
	if (!run.isComplete && run.failure === undefined) throw new EndedEarly();
	return run.body();
}

async function readEvents(
	{ bytes, close }: OpenResponse,
	run: StreamedRun,
	sink: WordSink,
): Promise<void> {
	const lines = new EventLines();
	const take = async (events: string[]) => {
		for (const data of events) {
			if (!run.hasEnded) await sink.words(run.take(data));
		}
	};
	for await (const piece of bytes) {
		await take(lines.push(piece));
		if (run.hasEnded) {
			// The server may leave the connection open.
			close();
			return;
		}
	}
	await take(lines.end());
}

interface WordSink {
	words(words: string): Promise<void>;
	/** Passes on what was held back. */
	end(): Promise<void>;
}

function wordSink(onWords: OnWords, apiKey: string): WordSink {
	const masked = new MaskedWords(apiKey);
	const pass = async (words: string) => {
		if (words !== '') await onWords(words);
	};
	return {
		words: async (words) => await pass(masked.push(words)),
		end: async () => await pass(masked.end()),
	};
}

const MASK = '***';

/**
 * Masks a secret in words that are passed on piece by piece. The secret may be spread over several pieces, so the end of a
 * piece is held back while it may be the beginning of the secret.
 */
export class MaskedWords {
	private held = '';

	/** @param secret '' masks nothing. */
	constructor(private readonly secret: string) {}

	/** @returns what can be passed on now; may be ''. */
	push(words: string): string {
		if (this.secret === '') return words;
		const text = (this.held + words).replaceAll(this.secret, MASK);
		const length = this.heldLength(text);
		this.held = text.slice(text.length - length);
		return text.slice(0, text.length - length);
	}

	/** @returns what was held back, when nothing more comes. */
	end(): string {
		const rest = this.held;
		this.held = '';
		return rest;
	}

	/** The length of the longest end of the text that is a beginning of the secret. */
	private heldLength(text: string): number {
		const longest = Math.min(text.length, this.secret.length - 1);
		for (let length = longest; length > 0; length--) {
			if (text.endsWith(this.secret.slice(0, length))) return length;
		}
		return 0;
	}
}
