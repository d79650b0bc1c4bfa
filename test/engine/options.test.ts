import type { INodeParameters } from 'n8n-workflow';

import { LATER } from './fetchHiveWorkflow';
import { errorOf } from './runWorkflow';
import { useScenario } from './scenario';

const scenario = useScenario({ operation: 'invoke', variant: 'production' });

const IMAGE = {
	deployment: 'generate-image',
	inputs: { input: [{ name: 'prompt', type: 'string', stringValue: 'A hive' }] },
};
const FIELDS = {
	deployment: 'extract-fields',
	inputs: { input: [{ name: 'text', type: 'string', stringValue: 'two words' }] },
};

/** Runs with an option that takes its value from the item, as from a form or a sheet. */
async function itemOf(parameters: INodeParameters, option: string, value: unknown) {
	const options = { [option]: '={{ $json.wanted }}' };
	const items = [{ wanted: value as string }];
	const { itemsOf } = await scenario.run({ ...parameters, options }, { items });
	return itemsOf(LATER)[0];
}

describe('an option that is on or off', () => {
	it.each([true, 'true', 'TRUE'])('is on where its expression gives %j', async (value) => {
		expect(await itemOf(IMAGE, 'downloadAssets', value)).toHaveProperty('binary.asset_0');
		const { json } = await itemOf(FIELDS, 'parseJsonOutput', value);
		expect(json.output).toMatchObject({ words: 2 });
	});

	it.each([false, 'false', 'False', '', null])(
		'is off where its expression gives %j',
		async (value) => {
			expect(await itemOf(IMAGE, 'downloadAssets', value)).not.toHaveProperty('binary');
			const { json } = await itemOf(FIELDS, 'parseJsonOutput', value);
			expect(json.output).toEqual(expect.any(String));
		},
	);

	it.each([
		['downloadAssets', /^'Download Assets' is not true or false$/],
		['leaveOutEmptyInputs', /^'Leave Out Empty Inputs' is not true or false$/],
		['parseJsonOutput', /^'Parse JSON Output' is not true or false$/],
	])('is refused where its expression gives anything else: %s', async (name, message) => {
		for (const value of ['yes', 1]) {
			const options = { [name]: `={{ ${JSON.stringify(value)} }}` };
			await scenario.expectRefused({ ...FIELDS, options }, message);
		}
	});
});

describe('Leave Out Empty Inputs', () => {
	const missing = { name: 'tone', type: 'string', stringValue: '={{ $json.missing }}' };
	const parameters = { ...FIELDS, inputs: { input: [...FIELDS.inputs.input, missing] } };

	it('sends the inputs that have a value', async () => {
		await scenario.run({ ...parameters, options: { leaveOutEmptyInputs: true } });
		expect(scenario.emulator.requests.map(({ body }) => body)).toMatchObject([
			{ inputs: { text: 'two words' } },
		]);
		const json = { specifyInputs: 'json', inputsJson: '{"text": "two words", "tone": ""}' };
		await scenario.run({ ...FIELDS, ...json, options: { leaveOutEmptyInputs: true } });
		expect(scenario.emulator.requests[1].body).toEqual(scenario.emulator.requests[0].body);
	});

	it('is off at first: an input without a value is refused, with a default to copy', async () => {
		await scenario.expectRefused(parameters, /^Input 2 'tone' has no value$/);
		const { description } = errorOf(await scenario.run(parameters));
		expect(description).toContain("{{ $json.audience ?? '' }}");
	});
});

describe('User', () => {
	const sent = async (user: string) => {
		await scenario.run({ deployment: 'list-images', options: { user } });
		return scenario.emulator.requests[0].body;
	};

	it.each([
		['customer-42', 'customer-42'],
		[' customer-42 ', 'customer-42'],
		['={{ 42 }}', '42'],
		['={{ DateTime.fromISO("2026-01-02T03:04:05Z").toUTC() }}', '2026-01-02T03:04:05.000Z'],
		['={{ new Date(0) }}', '1970-01-01T00:00:00.000Z'],
	])('%j is sent as %j', async (user, expected) => {
		expect(await sent(user)).toMatchObject({ user: expected });
	});

	it.each(['', '   ', '={{ null }}'])('%j is not sent', async (user) => {
		expect(await sent(user)).not.toHaveProperty('user');
	});

	it.each(['={{ { id: 7 } }}', '={{ ["a"] }}'])('%s is refused', async (user) => {
		const parameters = { deployment: 'list-images', options: { user } };
		await scenario.expectRefused(parameters, /^'User' is not text$/);
	});

	it.each([
		['={{ DateTime.fromISO("never") }}', /^'User' is not a valid date$/],
		['={{ new Date("never") }}', /^'User' is not a valid date$/],
		['={{ 7615917337495251231 }}', /^'User' is the number 7615917337495251000, which may have/],
	])('%s is refused', async (user, message) => {
		await scenario.expectRefused({ deployment: 'list-images', options: { user } }, message);
	});
});
