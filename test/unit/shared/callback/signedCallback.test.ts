import type { IWebhookFunctions } from 'n8n-workflow';

import { answerSignedCall } from '../../../../nodes/shared/callback/signedCallback';
import { quotedForLog } from '../../../../nodes/shared/callback/refusals';

const readRawBody = jest.fn(async () => {
	await Promise.reject(new Error('incorrect header check'));
});
const json = jest.fn();
const status = jest.fn(() => ({ json }));

const context = {
	getHeaderData: () => ({ 'x-fetch-hive-signature': 'f'.repeat(64) }),
	getNode: () => ({ name: 'Trigger', type: 'n8n-nodes-fetchhive.fetchHiveTrigger' }),
	getRequestObject: () => ({ readRawBody }),
	getResponseObject: () => ({ status }),
	getWorkflow: () => ({ id: '1' }),
	logger: { warn: jest.fn() },
} as unknown as IWebhookFunctions;

it('asks once for a body that cannot be read, because n8n never answers the second time', async () => {
	const [accept, secretsFor] = [jest.fn(), jest.fn()];
	await answerSignedCall(context, secretsFor, accept);

	expect(readRawBody).toHaveBeenCalledTimes(1);
	expect(status).toHaveBeenCalledWith(401);
	expect(json).toHaveBeenCalledWith({ message: 'Invalid signature' });
	expect(secretsFor).not.toHaveBeenCalled();
	expect(accept).not.toHaveBeenCalled();
});

it.each([
	['req_7', '"req_7"'],
	['req_7\n2026-01-01 | error | Forged', '"req_7\\n2026-01-01 | error | Forged"'],
	['\u001b[2J', '"\\u001b[2J"'],
	['say "x"', '"say \\"x\\""'],
])('%j stands in a log as one quoted text', (text, quoted) => {
	expect(quotedForLog(text)).toBe(quoted);
});

it('a long text is cut', () => {
	expect(quotedForLog('x'.repeat(1_000_000))).toBe(`"${'x'.repeat(200)}…"`);
});
