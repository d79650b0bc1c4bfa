import type { IDataObject } from 'n8n-workflow';

import { isStillGoing } from '../../shared/api/runStatus';
import { isRecord, textOf, withoutNullish } from '../../shared/values/value';

/** Far more than any answer has. Without a bound, a stream of ever new keys would take ever more work and memory. */
const MAX_FACTS = 100;

/** What ends a stream, in place of an event's JSON. */
const END = '[DONE]';

/** Types of events with words of the response; an older form has no type and the words in `delta`. */
const WORDS: readonly unknown[] = ['response', undefined];

/** Types of events whose keys tell of one step on the way, and say something else in an answer. */
const STEPS: readonly unknown[] = ['reasoning', 'summary', 'tool'];

/** What a step and an answer call by the same name. */
const STEP_FACTS = ['model', 'request_id', 'thread_id'];

/** Keys of an event that are about the event. */
const OF_THE_EVENT = ['type', 'response', 'delta', 'done'];

/**
 * A run as the events of its stream tell it (SseChunk of Fetch Hive's SDKs 0.2.6 to 0.3.0): `response` brings words,
 * `reasoning` what the model thinks before it speaks, `tool` a tool that it used, `usage` is the last one before the
 * end, `error` says that the run failed. Other types may come.
 */
export class StreamedRun {
	private readonly facts = new Map<string, unknown>();
	private readonly toolCalls: IDataObject[] = [];
	/** All words so far. */
	response = '';
	/** The event that says that the run failed. */
	failure: IDataObject | undefined;
	/** Whether nothing more comes. */
	hasEnded = false;
	/** Whether all of the answer is there, also where the stream then breaks off. */
	isComplete = false;

	/**
	 * Takes the data of one event. What is no JSON object is passed over, as by the SDKs.
	 *
	 * @returns its words; '' when it brings none.
	 */
	take(data: string): string {
		if (data === END) {
			this.hasEnded = true;
			this.isComplete = true;
			return '';
		}
		const event = parsed(data);
		return event === undefined ? '' : this.takeEvent(event);
	}

	/** The answer as it comes where nothing is streamed. */
	body(): IDataObject {
		const toolCalls = this.toolCalls.length > 0 ? { tool_calls: this.toolCalls } : {};
		return { ...this.factsSoFar(), response: this.response, ...toolCalls };
	}

	private takeEvent(event: IDataObject): string {
		const { type } = event;
		this.learnFrom(event);
		if (type === 'error' || (type === undefined && event.error)) {
			this.failure = { ...this.factsSoFar(), ...event };
			this.hasEnded = true;
		}
		if (type === 'usage') this.isComplete = true;
		if (type === 'tool') this.toolCalls.push(toolCallOf(event));
		const words = WORDS.includes(type) ? wordsOf(event) : '';
		this.response += words;
		return words;
	}

	/** Keeps what an event says of the whole answer, such as its `request_id`, `model`, `thread_id` and `usage`. */
	private learnFrom(event: IDataObject): void {
		for (const [key, value] of Object.entries(event)) {
			const isKept = this.facts.has(key) || this.facts.size < MAX_FACTS;
			if (isKept && isFact(event, key, value)) this.facts.set(key, value);
		}
	}

	private factsSoFar(): IDataObject {
		// It defines own properties, so a name such as __proto__ is kept like any other.
		return Object.fromEntries(this.facts) as IDataObject;
	}
}

function parsed(data: string): IDataObject | undefined {
	try {
		const event: unknown = JSON.parse(data);
		return isRecord(event) ? event : undefined;
	} catch {
		return undefined;
	}
}

function wordsOf({ delta, response }: IDataObject): string {
	return textOf(response) ?? textOf(delta) ?? '';
}

function isFact({ type }: IDataObject, key: string, value: unknown): boolean {
	if (value === undefined || value === null || OF_THE_EVENT.includes(key)) return false;
	if (STEPS.includes(type) && !STEP_FACTS.includes(key)) return false;
	// On the way it is true that the run is going on.
	return !(/^(?:run_)?status$/.test(key) && isStillGoing(value));
}

/** As an agent's whole answer lists it (ToolInvocation of the SDKs), where `tool_input` is JSON as text. */
function toolCallOf({ observation, tool, tool_input }: IDataObject): IDataObject {
	const input = isRecord(tool_input) ? JSON.stringify(tool_input) : tool_input;
	return withoutNullish({ tool_name: tool, tool_input: input, observation });
}

const DATA_FIELD = /^data: ?/;

/**
 * Reads the data of server-sent events out of bytes that come in pieces of any size, cut anywhere: inside a line, a line
 * end or a character.
 *
 * Each `data:` line is an event of its own. The standard joins the lines of one event, but all of Fetch Hive's SDKs (up
 * to 0.3.0) read it line by line, and their tests send events without the blank line that would end them.
 */
export class EventLines {
	// Not `fatal`: what is no UTF-8 becomes a replacement character, as in every browser.
	private readonly decoder = new TextDecoder();
	private line = '';

	/** @returns the data of each event that these bytes complete, in order; never empty texts. */
	push(bytes: Uint8Array): string[] {
		return this.take(this.decoder.decode(bytes, { stream: true }));
	}

	/** @returns the data of a last line that the stream left without an end. */
	end(): string[] {
		return this.take(`${this.decoder.decode()}\n`);
	}

	private take(text: string): string[] {
		// Of CR LF the second ends an empty line, which says nothing here.
		const lines = text.split(/[\r\n]/);
		lines[0] = this.line + lines[0];
		this.line = lines.pop() ?? '';
		return lines
			.filter((line) => DATA_FIELD.test(line))
			.map(dataOf)
			.filter((data) => data !== '');
	}
}

function dataOf(line: string): string {
	return line.replace(DATA_FIELD, '').trim();
}
