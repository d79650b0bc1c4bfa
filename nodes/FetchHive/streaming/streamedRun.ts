import type { IDataObject } from 'n8n-workflow';

import { isStillGoing } from '../../shared/api/runStatus';
import { isPresent, isRecord, textOf, withoutNullish } from '../../shared/values/value';

/** Far more than any answer has. Without a limit, a stream of ever new keys would fill the memory. */
const MAX_FACTS = 100;

/** The end of a stream, in place of an event's JSON. */
const END = '[DONE]';

/** Types of events with words of the response; an older form has no type and the words in `delta`. */
const WORDS: readonly unknown[] = ['response', undefined];

/** Types of events about one step. Their keys mean something else in an answer. */
const STEPS: readonly unknown[] = ['reasoning', 'summary', 'tool'];

/** Keys that mean the same in a step and in an answer. */
const STEP_FACTS = ['model', 'request_id', 'thread_id'];

/** Keys that are about the event itself. */
const OF_THE_EVENT = ['type', 'response', 'delta', 'done'];

/**
 * A run, collected from the events of its stream (SseChunk of Fetch Hive's SDKs 0.2.6 to 0.3.0). `response` brings words,
 * `reasoning` the model's thoughts, `tool` a tool that it used, and `error` means that the run failed. `usage` is the last
 * event before the end. Other types may come.
 */
export class StreamedRun {
	private readonly facts = new Map<string, unknown>();
	private readonly toolCalls: IDataObject[] = [];
	/** All words so far. */
	response = '';
	/** The event with the run's error. */
	failure: IDataObject | undefined;
	/** Whether nothing more comes. */
	hasEnded = false;
	/** Whether the answer is complete, even if the stream then breaks off. */
	isComplete = false;

	/**
	 * Takes the data of one event. Data that is not a JSON object is ignored, as by the SDKs.
	 *
	 * @returns its words; may be ''.
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

	/** The answer in the form that it has without streaming. */
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

	/** Keeps an event's facts about the whole answer, such as `request_id`, `model`, `thread_id` and `usage`. */
	private learnFrom(event: IDataObject): void {
		for (const [key, value] of Object.entries(event)) {
			const isKept = this.facts.has(key) || this.facts.size < MAX_FACTS;
			if (isKept && isFact(event, key, value)) this.facts.set(key, value);
		}
	}

	private factsSoFar(): IDataObject {
		// Object.fromEntries defines own properties, so that a name such as __proto__ is kept like any other.
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
	if (!isPresent(value) || OF_THE_EVENT.includes(key)) return false;
	if (STEPS.includes(type) && !STEP_FACTS.includes(key)) return false;
	// While it streams, the run is going on: that is not the answer's status.
	return !(/^(?:run_)?status$/.test(key) && isStillGoing(value));
}

/** In the form of an agent's answer (ToolInvocation of the SDKs), where `tool_input` is JSON as text. */
function toolCallOf({ observation, tool, tool_input }: IDataObject): IDataObject {
	const input = isRecord(tool_input) ? JSON.stringify(tool_input) : tool_input;
	return withoutNullish({ tool_name: tool, tool_input: input, observation });
}

const DATA_FIELD = /^data: ?/;

/**
 * Reads the data of server-sent events from bytes in pieces of any size. A piece may end inside a line, a line end or a
 * character.
 *
 * Each `data:` line is an event of its own. The standard joins the lines of one event, but all of Fetch Hive's SDKs (up
 * to 0.3.0) read it line by line, and their tests send events without the blank line that would end them.
 */
export class EventLines {
	// Not `fatal`: invalid UTF-8 becomes a replacement character, as in every browser.
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
		// CR LF gives an extra empty line, which is ignored below.
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
