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
