const MASK = '***';

/**
 * Masks a secret in words that are passed on piece by piece, also where it is spread over several of them: the end of a
 * piece that may be the beginning of the secret is held back until more has come.
 */
export class MaskedWords {
	private held = '';

	/** @param secret '' masks nothing. */
	constructor(private readonly secret: string) {}

	/** @returns what can be passed on by now; may be ''. */
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

	/** The length of the longest end of the text with which the secret begins. */
	private heldLength(text: string): number {
		const longest = Math.min(text.length, this.secret.length - 1);
		for (let length = longest; length > 0; length--) {
			if (text.endsWith(this.secret.slice(0, length))) return length;
		}
		return 0;
	}
}
