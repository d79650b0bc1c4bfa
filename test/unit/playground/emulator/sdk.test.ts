import Ajv from 'ajv';

import { startEmulator, type Emulator } from '../../../../playground/emulator';
import { operations } from '../../../../playground/emulator/contract';
import type { SdkExchange } from './sdk/exchanges';
import { exchanges } from './sdk/exchanges';
import { errorResponse, sseChunk } from './sdk/models';

/** Of Fetch Hive's pages only. */
const NOT_OF_SDKS = [
	'listErrorCodes',
	'startAgentByWebhook',
	'startPromptByWebhook',
	'startWorkflowByWebhook',
];
const WORKFLOW_RUN = {
	path: '/workflow/invoke',
	body: { deployment: 'summarise-topic', variant: 'production', inputs: { topic: 'Bees' } },
};

const ajv = new Ajv({ allowUnionTypes: true });
let emulator: Emulator;

beforeAll(async () => {
	// Nobody listens where the runs would call back.
	emulator = await startEmulator({
		switches: { humanApproves: false, callbackDelayMs: 3_600_000 },
	});
});
afterEach(() => emulator.reset());
afterAll(async () => await emulator.close());

/** As the SDKs send it: Node's fetch is undici, which has nothing to do with the node's own client. */
async function call(path: string, body: unknown) {
	const response = await fetch(emulator.baseUrl + path, {
		method: body === undefined ? 'GET' : 'POST',
		headers: {
			Authorization: `Bearer ${emulator.apiKey}`,
			'Content-Type': 'application/json',
		},
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const text = await response.text();
	return { status: response.status, type: response.headers.get('content-type'), text };
}

async function pathOf({ after = WORKFLOW_RUN, operationId, path }: SdkExchange) {
	if (typeof path !== 'function') return path ?? operations.get(operationId)!.path;
	await call(after.path, after.body);
	return path(emulator.runs[emulator.runs.length - 1]);
}

/** What of a value does not fit the model, in words. */
function misfits(model: object, value: unknown) {
	return ajv.validate(model, value) ? [] : ajv.errorsText(ajv.errors);
}

describe.each(exchanges)('$source', (exchange) => {
	const { answer, body, status = 200, switches = {} } = exchange;

	it('is answered as the SDK reads it', async () => {
		const path = await pathOf(exchange);
		emulator.set(switches);

		const answered = await call(path, body);

		expect(answered.status).toBe(status);
		if (answer === undefined) {
			expect(answered.type).toContain('text/event-stream');
			const events = answered.text.trimEnd().split('\n\n');
			expect(events.at(-1)).toBe('data: [DONE]');
			const chunks = events.slice(0, -1).map((event) => JSON.parse(event.replace(/^data: /, '')));
			expect(chunks.map(({ type }) => type)).toEqual(expect.arrayContaining(['response', 'usage']));
			expect(chunks.flatMap((chunk) => misfits(sseChunk, chunk))).toEqual([]);
		} else {
			expect(misfits(answer, JSON.parse(answered.text))).toEqual([]);
		}
	});
});

const withFields = exchanges.filter(({ operationId }) => operations.get(operationId)?.hasBody);

describe.each(withFields)('$source', (exchange) => {
	it('is refused with the field named when it holds one that nobody knows, and starts nothing', async () => {
		const path = await pathOf(exchange);
		emulator.set(exchange.switches ?? {});

		const answered = await call(path, { ...exchange.body, no_such_field: 1 });

		expect([400, 422]).toContain(answered.status);
		expect(JSON.parse(answered.text)).toMatchObject({ error: 'Unknown field: no_such_field' });
		expect(misfits(errorResponse, JSON.parse(answered.text))).toEqual([]);
		expect(emulator.runs).toEqual([]);
	});
});

it('drives every route that an SDK knows', () => {
	const driven = new Set(exchanges.map(({ operationId }) => operationId));
	const known = [...operations.keys()].filter((id) => !NOT_OF_SDKS.includes(id));

	expect(known.filter((id) => !driven.has(id))).toEqual([]);
});
