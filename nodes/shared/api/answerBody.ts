import { bytesOf } from './answerBytes';

type Readable = import('stream').Readable;

/**
 * Reads an answer to its end, as long as its size and the time allow: the HTTP client's own time-out starts anew with
 * every byte, and it has no limit for what it unpacks.
 *
 * @param body Destroyed when it is not read to its end.
 * @returns what its JSON says; the text where it is none.
 * @throws Error with a code when the connection breaks or it is too large; the signal's reason when time is up.
 */
export async function readAnswerBody(
	body: Readable,
	contentType: unknown,
	deadline: AbortSignal,
): Promise<unknown> {
	let giveUp = () => {};
	const timeIsUp = new Promise<never>((_, reject) => {
		giveUp = () => reject(deadline.reason as Error);
		deadline.addEventListener('abort', giveUp);
	});
	try {
		deadline.throwIfAborted();
		// A race: axios wraps the body so that reading it ends, once destroyed, with the next byte only.
		return parsed(await Promise.race([textOfAnswer(body, contentType), timeIsUp]));
	} finally {
		deadline.removeEventListener('abort', giveUp);
		body.destroy();
	}
}

async function textOfAnswer(body: Readable, contentType: unknown): Promise<string> {
	const decoder = decoderFor(contentType);
	let text = '';
	for await (const bytes of bytesOf(body)) text += decoder.decode(bytes, { stream: true });
	return text + decoder.decode();
}

/** JSON is UTF-8 by its standard; a proxy in front of Fetch Hive may say otherwise of a text of its own. */
function decoderFor(contentType: unknown): InstanceType<typeof TextDecoder> {
	const [, charset = 'utf-8'] = /charset="?([^\s";]+)/i.exec(String(contentType)) ?? [];
	try {
		return new TextDecoder(charset);
	} catch {
		return new TextDecoder();
	}
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
