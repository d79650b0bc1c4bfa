import fc from 'fast-check';

import { readSnippet } from '../../../../nodes/FetchHive/parameters/codeSnippet';
import { DIRECT_REQUEST } from '../../../documentedExamples';
import { anyName, nestedJsonObject } from '../../shared/values/jsonArbitraries';
import { refusalOf } from '../../shared/values/refusalOf';

const URL = 'https://api.fetchhive.com/v1/workflow/invoke';
const RUN = { deployment: 'summarise-topic', variant: 'production' };
const INPUTS = {
	topic: "the bees' $hive",
	count: 3,
	keywords: ['a "b"', 'c\\d'],
	deep: { a: null },
};
const BODY = { ...RUN, inputs: INPUTS };

const inSingleQuotes = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const inDoubleQuotes = (text: string) => `"${text.replaceAll(/["\\$`]/g, '\\$&')}"`;
const json = (body: unknown) => JSON.stringify(body, undefined, 2);

const HEADERS = ['Authorization: Bearer YOUR_API_KEY', 'Content-Type: application/json'];

/** As Fetch Hive's pages show it, with one argument a line. */
function curl(body: string, { data = '--data-raw', quoted = inSingleQuotes, url = URL } = {}) {
	const headers = HEADERS.map((header) => `-H ${quoted(header)}`);
	return [`curl ${quoted(url)}`, ...headers, `${data} ${quoted(body)}`, '--compressed'].join(
		' \\\n  ',
	);
}

const withHeader = (header: string) =>
	`curl '${URL}' \\\n  -H '${header}' \\\n  --data-raw '${JSON.stringify(RUN)}'`;

const read = (snippet: unknown) => readSnippet(snippet, 'workflow');

describe('a code snippet', () => {
	it.each<[string, string]>([
		['a cURL command over several lines', curl(json(BODY))],
		['with Windows line ends', curl(json(BODY)).replaceAll('\n', '\r\n')],
		['with a space behind a backslash', curl(JSON.stringify(BODY)).replaceAll('\\\n', '\\ \n')],
		['on one line', curl(JSON.stringify(BODY)).replaceAll('\\\n', '')],
		['with double quotes', curl(json(BODY), { quoted: inDoubleQuotes })],
		['with --data', curl(json(BODY), { data: '--data' })],
		['with -d', curl(json(BODY), { data: '-d', quoted: inDoubleQuotes })],
		['with --data-binary', curl(json(BODY), { data: '--data-binary' })],
		['with --json', curl(json(BODY), { data: '--json' })],
		['with -X POST and --url', curl(json(BODY)).replace('curl ', 'curl -X POST --url ')],
		['to another host', curl(json(BODY), { url: 'http://localhost:4000/v1/workflow/invoke' })],
		['that has callback delivery and metadata', curl(json({ ...BODY, async: {}, metadata: {} }))],
		['the JSON alone', `\n  ${json(BODY)}\n`],
	])('is read: %s', (_form, snippet) => {
		expect(read(snippet)).toEqual(BODY);
	});

	it('is read as the documentation shows it', () => {
		const { deployment, variant, inputs } = JSON.parse(DIRECT_REQUEST);
		expect(read(curl(DIRECT_REQUEST))).toEqual({ deployment, variant, inputs });
	});

	it('may have no inputs, and spaces around its names', () => {
		expect(read(json({ deployment: ' a ', variant: 'b\n' }))).toEqual({
			deployment: 'a',
			variant: 'b',
			inputs: {},
		});
	});

	it('gives any inputs back as they were, in either kind of quotes', () => {
		fc.assert(
			fc.property(
				nestedJsonObject(anyName),
				fc.constantFrom(inSingleQuotes, inDoubleQuotes),
				fc.constantFrom(0, 2),
				(inputs, quoted, indent) => {
					const body = JSON.stringify({ ...RUN, inputs }, undefined, indent);
					const found = read(curl(body, { quoted })).inputs;
					expect(JSON.stringify(found)).toBe(JSON.stringify(inputs));
				},
			),
		);
	});

	it('is never read with a fault of its own, whatever it is', () => {
		const parts = fc.constantFrom('curl', "'", '"', '\\', '\n', ' ', '-d', URL, '{', '}', '"a":1');
		const anything = fc.oneof(
			fc.anything(),
			fc.array(parts).map((all) => all.join('')),
		);
		fc.assert(fc.property(anything, (snippet) => void refusalOf(() => read(snippet))));
	});
});

describe('an API key in a code snippet', () => {
	const KEY = ['fhk', '0123456789abcdef'].join('_');
	it.each<[string, string]>([
		['a header', withHeader(`Authorization: Bearer ${KEY}`)],
		['a header in any case', withHeader('authorization:bearer 0123456789')],
		['a header without Bearer', withHeader('Authorization: 0123456789')],
		['a header of a command that is cut off', `curl -H 'Authorization: Bearer abc123' -d '{"a`],
		['a header in double quotes', `curl "${URL}" -H "Authorization: Bearer a1b2" -d "{}"`],
		['a text of the JSON', json({ ...RUN, inputs: { key: KEY } })],
		['text that is no snippet', `Authorization: ${KEY}`],
	])('is refused in %s, and is not in the refusal', (_place, snippet) => {
		const { message, description } = refusalOf(() => read(snippet));
		expect(message).toBe("'Code Snippet' holds an API key: remove the Authorization line");
		expect(description).toContain('create a new key');
		expect(message + description).not.toMatch(/0123|a1b2|abc123/);
	});

	it.each(['YOUR_API_KEY', '$FETCH_HIVE_API_KEY', '${KEY}', '%KEY%', '<your key>', '...'])(
		'is none where %s stands for it',
		(placeholder) => {
			expect(read(withHeader(`Authorization: Bearer ${placeholder}`))).toMatchObject(RUN);
		},
	);
});

describe('a code snippet that cannot be used', () => {
	const of = (url: string) => curl(json(RUN), { url: `https://api.fetchhive.com/v1/${url}` });
	it.each<[string, unknown, RegExp, RegExp]>([
		['nothing', ' ', /is empty/, /click Code Snippet/],
		['a number', 12, /is empty/, /click Code Snippet/],
		['a word', 'summarise-topic', /No JSON body was found/, /--data-raw/],
		['a command without data', `curl '${URL}'`, /No JSON body was found/, /--data-raw/],
		['data in a file', curl('@body.json'), /No JSON body was found/, /JSON alone/],
		['JSON that is cut off', '{"deployment": "a', /is not valid JSON/, /copy all of it/],
		[
			'an apostrophe in quotes',
			`curl '${URL}' -d '{"a": "it's"}'`,
			/is not valid JSON/,
			/apostrophe/,
		],
		['a number that would lose digits', '{"a": 9007199254740993}', /cannot be sent/, /as text/],
		['no deployment', json({ variant: 'a' }), /names no deployment/, /"deployment"/],
		['no variant', json({ deployment: 'a', variant: ' ' }), /names no variant/, /"variant"/],
		['inputs in a list', json({ ...RUN, inputs: [] }), /inputs .* not a JSON object/, /copy all/],
		['a prompt', of('prompt/invoke'), /not invoke a workflow/, /choose Prompt under Resource/],
		['an agent', of('agent/invoke'), /not invoke a workflow/, /choose Agent under Resource/],
		['a Hive Agent', of('hive-agent/invoke'), /not invoke a workflow/, /choose Hive Agent/],
		['an agent, the JSON alone', json({ agent: 'a' }), /not invoke a workflow/, /choose Agent/],
		['another endpoint', of('request-status/a'), /does not invoke a workflow/, /workflow\/invoke/],
		['no address', "curl -d '{}'", /does not invoke a workflow/, /workflow\/invoke/],
	])('says what is wrong: %s', (_form, snippet, message, advice) => {
		const refusal = refusalOf(() => read(snippet));
		expect(refusal.message).toMatch(message);
		expect(refusal.description).toMatch(advice);
	});

	it("says of a workflow's snippet in Prompt to choose Workflow", () => {
		const refusal = refusalOf(() => readSnippet(curl(json(RUN)), 'prompt'));
		expect(refusal.message).toMatch(/does not invoke a prompt/);
		expect(refusal.description).toMatch(/choose Workflow under Resource/);
	});
});
