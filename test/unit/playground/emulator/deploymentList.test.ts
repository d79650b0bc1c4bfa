import { deployments } from '../../../../playground/emulator/deployments';
import { deploymentList } from '../../../../playground/emulator/deploymentList';

const lines = deploymentList(deployments);

it('tells what each does, once', () => {
	const named = lines.map((line) => line.split(/ {2,}/)[1]).filter(Boolean);
	expect(named.sort()).toEqual(deployments.map(({ name }) => name).sort());
});

it('tells which inputs there are, and an unusual variant', () => {
	expect(lines.map((line) => line.replaceAll(/ {2,}/g, ' | '))).toEqual(
		expect.arrayContaining([
			'Agents (Agent ID)',
			' | summarise-topic | Answers a text. Inputs: topic (text), audience (text, optional)',
			' | YOUR_DEPLOYMENT_NAME | What the documented examples invoke. Inputs: topic (text). Variant: YOUR_VARIANT_NAME',
		]),
	);
});

it('holds no secret', () => {
	const text = lines.join('\n');
	for (const { secret } of deployments) expect(text).not.toContain(secret);
});
