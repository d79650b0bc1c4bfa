import { deployments } from '../../../playground/emulator/deployments';
import { WORKFLOW_IDS } from '../../../playground/exampleOrder';
import { guideLines } from '../../../playground/guide';

const url = 'http://127.0.0.1:5678';
const owner = {
	email: 'me@example.com',
	firstName: 'A',
	lastName: 'B',
	password: ['N8n', '0123'].join(''),
};

describe('the last lines of npm start', () => {
	it('lead into the editor and to the first example', () => {
		expect(guideLines({ url, owner }).join('\n')).toBe(
			[
				'',
				'The n8n editor is at http://127.0.0.1:5678',
				'Log in as me@example.com with the password N8n0123',
				`Then open the first example, ${url}/workflow/${WORKFLOW_IDS['workflow-invoke']}, and press "Execute workflow".`,
				'Stop with Ctrl-C.',
			].join('\n'),
		);
	});

	it('come after what the emulator knows, where it is used', () => {
		const lines = guideLines({ url, owner, deployments });
		expect(lines.slice(-5)).toEqual(guideLines({ url, owner }).slice(-5));
		for (const { name } of deployments) expect(lines.join('\n')).toContain(`  ${name} `);
	});
});
