import { NOT_SENT_AGAIN } from '../../../../nodes/shared/api/errorTexts';
import { errorOfStatus } from '../../../../nodes/shared/api/errors';
import { adviceForCode, explain } from '../../../../nodes/shared/api/explain';

const explained = (status: number, error_code: string | undefined, error: string) =>
	explain(status, { error_code, error });

const CODES = [
	'account_credit_cap_reached',
	'api_rate_limit_exceeded',
	'asset_storage_limit_reached',
	'insufficient_hosted_llm_credits',
	'iteration_limit_exceeded',
	'model_deprecated',
	'personal_model_invalid_credentials',
	'personal_model_missing_credentials',
	'too_many_requests',
	'vision_not_supported',
	'workflow_step_limit_reached',
];

it.each(CODES)('%s is explained alike with whatever status it comes', (code) => {
	const explanations = [400, 402, 422, 429, 500].map((status) => explained(status, code, 'said'));
	expect(new Set(explanations.map((each) => JSON.stringify(each))).size).toBe(1);
	expect(explanations[0].advice).toBe(adviceForCode(code));
});

it.each([
	['A workflow with a Human in the Loop step must be run with async enabled', /Invoke and Wait/],
	['Input keywords must be a native JSON array', /Type of this input to Array/],
	['Das geht nicht', /^Compare the names/],
])('a refusal that says "%s" has advice that fits', (said, advice) => {
	for (const status of [400, 422]) {
		const explanation = explained(status, undefined, said);
		expect(explanation.message).toContain(said);
		expect(explanation.advice).toMatch(advice);
	}
});

it('no two codes share an explanation', () => {
	const messages = CODES.map((code) => explained(400, code, '').message);
	expect(new Set(messages).size).toBe(CODES.length);
});

it.each([401, 402, 403, 404, 429])('status %i is explained without any code', (status) => {
	const explanation = explained(status, undefined, '');
	expect(explanation.message).not.toBe(explained(400, undefined, '').message);
	expect(explanation.advice).not.toContain(NOT_SENT_AGAIN);
	expect(explained(status, 'a_code_of_tomorrow', '')).toEqual(explanation);
});

it.each([500, 501, 502, 503, 504, 599])(
	'status %i says that the run may have started',
	(status) => {
		for (const error_code of [undefined, 'internal_server_error']) {
			const body = { error: 'said', error_code };
			const { details } = errorOfStatus({ statusCode: status, headers: {}, body });
			expect(details.description).toMatch(
				`${NOT_SENT_AGAIN} The fault is on the side of Fetch Hive`,
			);
		}
	},
);

it.each([300, 301, 302, 303, 307, 308])(
	'status %i says that redirects are not followed',
	(status) => {
		const { message, advice } = explained(status, undefined, '');
		expect(message).toContain('redirect');
		expect(advice).toContain("'Base URL'");
	},
);

it.each([400, 422])('status %i repeats what Fetch Hive said', (status) => {
	expect(explained(status, undefined, 'Missing required field').message).toContain(
		'Missing required field',
	);
	expect(explained(status, undefined, '').message).toBe('Fetch Hive refused the request');
});

it.each([undefined, '', 'a_code_of_tomorrow'])('the code %p has no advice of its own', (code) => {
	expect(adviceForCode(code)).toBeUndefined();
});

it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
	'a code named like an inherited property, %s, is an unknown code',
	(code) => {
		expect(adviceForCode(code)).toBeUndefined();
		expect(explained(402, code, '')).toEqual(explained(402, undefined, ''));
		expect(explained(400, code, 'said')).toEqual(explained(400, undefined, 'said'));
	},
);

it.each([405, 408, 409, 418, 499])(
	'status %i is named with what came, not called a refusal',
	(status) => {
		expect(explained(status, undefined, 'stream timeout').message).toBe(
			`Fetch Hive answered with HTTP status ${status}: stream timeout`,
		);
		expect(explained(status, undefined, '').message).toBe(
			`Fetch Hive answered with HTTP status ${status}`,
		);
	},
);

it.each([
	[407, {}, /proxy between n8n and Fetch Hive wants a log-in/],
	[413, {}, /inputs are too large/],
	[403, '<html>Forbidden</html>', /^Something between n8n and Fetch Hive refused/],
	[502, ' <!doctype html>', /^Something between n8n and Fetch Hive answered/],
	[403, {}, /API key/],
])('status %i with %j is blamed on the right one', (status, body, message) => {
	expect(explain(status, body).message).toMatch(message);
});
