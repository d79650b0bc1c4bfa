/**
 * Reads the body of an answer that comes in one piece.
 *
 * @param bytes As `bytesOf` gives them.
 * @returns what its JSON says; the text where it is none.
 * @throws Error as `bytesOf`.
 */
export async function wholeBody(
	bytes: AsyncIterable<Uint8Array>,
	contentType: unknown,
): Promise<unknown> {
	const decoder = decoderFor(contentType);
	let text = '';
	for await (const piece of bytes) text += decoder.decode(piece, { stream: true });
	return parsed(text + decoder.decode());
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
