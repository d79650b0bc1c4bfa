/** Sizes in n8n's editor (2.41.1), in pixels of the canvas; a note's frame and padding are around its text. */
const FRAME_WIDTH = 26;
const FRAME_HEIGHT = 10;
const HEADING_HEIGHT = 40;
const LINE_HEIGHT = 18.9;
const PARAGRAPH_GAP = 8;
/** On the average of English text; with it a note is at most one line taller or lower than estimated. */
const CHARACTER_WIDTH = 6.75;
/** Below the last line. */
const MARGIN = 6;
/** The canvas's grid. */
const GRID = 20;

/** @typedef {{parameters: {content: string, width: number, height: number}, position: [number, number]}} Note */

/**
 * @param {string} text
 * @param {number} maxLength
 * @returns {number} how many lines the text takes when its words are broken at that length
 */
function linesOf(text, maxLength) {
	let lines = 1;
	let length = 0;
	for (const word of text.split(' ')) {
		const isFirst = length === 0;
		if (!isFirst && length + 1 + word.length > maxLength) {
			lines += 1;
			length = word.length;
		} else {
			length += word.length + (isFirst ? 0 : 1);
		}
	}
	return lines;
}

/**
 * @param {{content: string, width: number}} note its Markdown, a heading and paragraphs, and its width on the canvas
 * @returns {number} the lowest height at which it shows all of its text
 */
function neededHeight({ content, width }) {
	const maxLength = Math.floor((width - FRAME_WIDTH) / CHARACTER_WIDTH);
	const paragraphs = content.split('\n').filter((line) => line !== '' && !line.startsWith('## '));
	const lines = paragraphs.map((paragraph) => linesOf(paragraph.replaceAll('*', ''), maxLength));
	const gaps = (paragraphs.length - 1) * PARAGRAPH_GAP;
	const total = lines.reduce((sum, count) => sum + count, 0);
	return FRAME_HEIGHT + HEADING_HEIGHT + total * LINE_HEIGHT + gaps;
}

/**
 * Puts a paragraph between a note's heading and its text. The note grows upwards: nodes are below it.
 *
 * @template {Note} T
 * @param {T} note is left as it is
 * @param {string} paragraph
 * @returns {T}
 */
function withFirstParagraph(note, paragraph) {
	const [heading, ...rest] = note.parameters.content.split('\n');
	const content = [heading, paragraph, '', ...rest].join('\n');
	const needed = neededHeight({ ...note.parameters, content });
	const height = Math.ceil((needed + MARGIN) / GRID) * GRID;
	const [left, top] = note.position;
	return {
		...note,
		parameters: { ...note.parameters, content, height },
		position: [left, top + note.parameters.height - height],
	};
}

module.exports = { neededHeight, withFirstParagraph };
