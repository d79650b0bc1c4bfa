import { withFirstParagraph } from '../../../playground/n8n/note';

const note = {
	parameters: { content: '## Title\nWhat it does.\n\nWhat to fill in.', width: 420, height: 120 },
	position: [-40, -160] as [number, number],
};
const bottomOf = ({ parameters, position }: typeof note) => position[1] + parameters.height;

describe('a note that says something first', () => {
	it('says it between its heading and its text', () => {
		expect(withFirstParagraph(note, 'Ready.').parameters.content).toBe(
			'## Title\nReady.\n\nWhat it does.\n\nWhat to fill in.',
		);
	});

	it.each(['Ready.', 'A long paragraph that takes two lines in a note of that width, or three.'])(
		'grows upwards, away from the nodes: %s',
		(paragraph) => {
			const taller = withFirstParagraph(note, paragraph);
			expect(taller.parameters.height).toBeGreaterThan(note.parameters.height);
			expect(bottomOf(taller)).toBe(bottomOf(note));
			expect(taller.position[0]).toBe(note.position[0]);
		},
	);

	it('leaves the note that it is made from as it is', () => {
		const before = structuredClone(note);
		withFirstParagraph(note, 'Ready.');
		expect(note).toEqual(before);
	});
});
