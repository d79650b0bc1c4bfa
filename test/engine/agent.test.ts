import type { INodeParameters } from 'n8n-workflow';

import { PROVIDER_FAILURE_ERROR, PROVIDER_FAILURE_ITEM } from './failedProvider';
import { FETCH_HIVE, ON_ERROR } from './fetchHiveWorkflow';
import { errorOf } from './runWorkflow';
import { useScenario } from './scenario';

const PUBLIC_API = 'https://api.fetchhive.com/v1';
const FILE = 'https://example.com/report.pdf';
const PICTURE = 'https://example.com/a,b.png?token=1';

const scenario = useScenario({
	resource: 'agent',
	operation: 'invoke',
	agentId: 'agent_assistant',
	message: 'Hello',
});
const { run } = scenario;

const said = (role: string, content: string) => ({ role, content });
const history = { message: [said('user', 'Goodbye'), said('assistant', 'See you.')] };

describe('what sending a message sends', () => {
	it('is the message alone, for an answer in one piece, when nothing else is filled in', async () => {
		await run({ metadata: {}, options: {} });
		expect(scenario.emulator.requests).toMatchObject([
			{
				method: 'POST',
				path: '/v1/agent/invoke',
				status: 200,
				rawBody: '{"agent":"agent_assistant","message":"Hello","streaming":false}',
			},
		]);
	});

	it('has every key in its place', async () => {
		await run({
			agentId: ' agent_assistant ',
			message: 'Two\nlines ',
			metadata: { entry: [{ name: 'customer_id', type: 'string', stringValue: 'cus_123' }] },
			threadId: ' thread_7 ',
			options: {
				artifactRefs: ['asset_2'],
				attachmentUrls: [FILE],
				attachmentsJson: '[{"id": "asset_1", "name": "a.pdf"}]',
				metadataJson: '{"plan": "enterprise"}',
				user: 'ada',
			},
		});
		expect(scenario.emulator.requests).toMatchObject([
			{
				status: 200,
				rawBody:
					'{"agent":"agent_assistant","message":"Two\\nlines ","thread_id":"thread_7",' +
					`"attachments":["${FILE}",{"id":"asset_1","file_name":"a.pdf"}],"artifact_refs":["asset_2"],` +
					'"async":{"allow_background":false},"metadata":{"customer_id":"cus_123","plan":"enterprise"},' +
					'"user":"ada","streaming":false}',
			},
		]);
	});

	it.each<[string, INodeParameters]>([
		['rows', { messages: history }],
		['a text of JSON', { messagesJson: JSON.stringify(history.message) }],
		[
			'an array of an expression',
			{ messagesJson: `={{ ${JSON.stringify(history.message).replaceAll('}', ' }')} }}` },
		],
	])('has the earlier turns from %s before the attachments', async (_source, options) => {
		const { jsonOf } = await run({ options: { ...options, attachmentUrls: [FILE] } });
		expect(scenario.emulator.requests[0].rawBody).toBe(
			'{"agent":"agent_assistant","message":"Hello","messages":[{"role":"user","content":"Goodbye"},' +
				`{"role":"assistant","content":"See you."}],"attachments":["${FILE}"],"streaming":false}`,
		);
		expect(jsonOf(FETCH_HIVE)).toMatchObject([
			{ response: 'You said: Hello. Before that you said: Goodbye' },
		]);
	});

	it('keeps the further keys and the parts of an earlier turn', async () => {
		const messages = [{ role: 'user', content: [{ type: 'text', text: 'Look' }], name: 'ada' }];
		await run({ options: { messagesJson: JSON.stringify(messages) } });
		expect(scenario.emulator.requests).toMatchObject([{ status: 200, body: { messages } }]);
	});

	it.each<[string, INodeParameters['attachmentUrls']]>([
		['rows, one of them empty', [FILE, '', PICTURE]],
		['a row with an address per line', [`${FILE}\n ${PICTURE}\r\n`]],
		['a row with commas between the addresses', [`${FILE}, ${PICTURE},`]],
		['an expression that gives an array', '={{ $json.files }}'],
		['a row whose expression gives an array', ['={{ $json.files }}']],
		['a text of a JSON array', `["${FILE}", "${PICTURE}"]`],
	])('has the attachments of %s', async (_source, attachmentUrls) => {
		await run({ options: { attachmentUrls } }, { items: [{ files: [FILE, PICTURE] }] });
		expect(scenario.emulator.requests).toMatchObject([
			{ status: 200, body: { attachments: [FILE, PICTURE] } },
		]);
	});

	it('has what expressions give for each item', async () => {
		await run(
			{
				message: '={{ $json.question }}',
				threadId: '={{ $json.thread }}',
				options: { attachmentUrls: ['={{ $json.file }}'] },
			},
			{ items: [{ question: 'One?', thread: 7, file: FILE }, { question: 2 }] },
		);
		expect(scenario.emulator.requests.map(({ body }) => body)).toEqual([
			{
				agent: 'agent_assistant',
				message: 'One?',
				thread_id: '7',
				attachments: [FILE],
				async: { allow_background: false },
				streaming: false,
			},
			{ agent: 'agent_assistant', message: '2', streaming: false },
		]);
	});
});

describe("the item of an agent's answer", () => {
	it.each([true, false])(
		'is the answer as it came, also where streaming is %s by default',
		async (streamingDefault) => {
			scenario.emulator.set({ streamingDefault });
			const { itemsOf } = await run({}, { items: [{}, {}] });
			const json = {
				request_id: expect.stringMatching(/^req_/),
				output: 'You said: Hello.',
				response: 'You said: Hello.',
				model: 'playground-model',
				usage: { prompt_tokens: 12, completion_tokens: 34, total_tokens: 46 },
			};
			expect(itemsOf(FETCH_HIVE)).toEqual([
				{ json, pairedItem: { item: 0 } },
				{ json, pairedItem: { item: 1 } },
			]);
		},
	);

	it('has the artifacts that the agent made', async () => {
		const { jsonOf } = await run({ agentId: 'agent_illustrator' });
		expect(jsonOf(FETCH_HIVE)).toMatchObject([{ artifacts: [{ file_type: 'image/png' }] }]);
	});

	it('has a response of JSON text as data only when it is to be parsed', async () => {
		const agentId = 'agent_structured';
		const asText = await run({ agentId });
		const asData = await run({ agentId, options: { parseJsonOutput: true } });
		expect(asText.jsonOf(FETCH_HIVE)).toMatchObject([{ response: '{"heard":"Hello"}' }]);
		expect(asData.jsonOf(FETCH_HIVE)).toMatchObject([{ response: { heard: 'Hello' } }]);
	});

	it('carries on the conversation that has the same name, and only that', async () => {
		const threadId = '={{ $json.customer }}';
		const items = [{ customer: 'cus_42' }];
		await run({ threadId }, { items });
		const second = await run({ message: 'And now?', threadId }, { items });
		const apart = await run({ message: 'And now?' });
		expect(second.jsonOf(FETCH_HIVE)).toMatchObject([
			{ response: 'You said: And now?. Before that you said: Hello', thread_id: 'cus_42' },
		]);
		expect(apart.jsonOf(FETCH_HIVE)).toMatchObject([{ response: 'You said: And now?.' }]);
		expect(apart.jsonOf(FETCH_HIVE)[0]).not.toHaveProperty('thread_id');
	});

	it('passes on a thread that Fetch Hive names by itself', async () => {
		scenario.emulator.set({ threadIds: 'invented' });
		const { jsonOf } = await run({});
		expect(jsonOf(FETCH_HIVE)).toMatchObject([{ thread_id: expect.stringMatching(/^thread_/) }]);
	});
});

describe('the files of a message', () => {
	it('are described by an address or an ID, under the names that Fetch Hive knows', async () => {
		const files = [
			FILE,
			{ id: 'asset_1', name: 'a.pdf', type: 'application/pdf' },
			{ file_url: PICTURE, file_name: 'b.png', file_size: 12, file_type: 'image/png' },
			{ url: FILE, name: '' },
		];
		await run({ options: { attachmentsJson: '={{ $json.files }}' } }, { items: [{ files }] });
		expect(scenario.emulator.requests).toMatchObject([{ status: 200 }]);
		expect(scenario.emulator.requests[0].body).toMatchObject({
			attachments: [
				FILE,
				{ id: 'asset_1', file_name: 'a.pdf', file_type: 'application/pdf' },
				{ file_url: PICTURE, file_name: 'b.png', file_type: 'image/png' },
				{ file_url: FILE },
			],
		});
	});

	it('are known artifacts where Fetch Hive keeps no conversation', async () => {
		await run({ options: { artifactRefs: 'asset_1, asset_2' } });
		await run({ threadId: 'cus_42', options: { artifactRefs: ['asset_1'] } });
		const [stateless, kept] = scenario.emulator.requests;
		const artifacts = ['asset_1', 'asset_2'];
		expect([stateless.status, kept.status]).toEqual([200, 200]);
		expect(stateless.body).toMatchObject({
			artifact_refs: artifacts,
			known_artifact_refs: artifacts,
		});
		expect(kept.body).toMatchObject({ artifact_refs: ['asset_1'] });
		expect(kept.body).not.toHaveProperty('known_artifact_refs');
	});
});

describe('the background work of an agent', () => {
	const agentId = 'agent_delegating';
	const hintsOf = async (parameters: INodeParameters, agent = agentId) => {
		const answered = await run({ agentId: agent, ...parameters });
		const [{ hints }] = answered.run.data.resultData.runData[FETCH_HIVE];
		return { hints: hints?.map(({ message }) => message), item: answered.jsonOf(FETCH_HIVE)[0] };
	};

	it.each<[string, INodeParameters, object | undefined]>([
		['nothing is said where Fetch Hive allows none', {}, undefined],
		['it is forbidden in a conversation', { threadId: 'a' }, { allow_background: false }],
		[
			'it is allowed by the option',
			{ options: { allowBackgroundWork: true } },
			{ allow_background: true },
		],
		[
			'it is allowed in a conversation, too',
			{ threadId: 'a', options: { allowBackgroundWork: true } },
			{ allow_background: true },
		],
	])('%s', async (_case, parameters, async) => {
		await run(parameters);
		const [{ body, status }] = scenario.emulator.requests;
		expect(status).toBe(200);
		expect((body as { async?: object }).async).toEqual(async);
	});

	it('is none in a conversation unless it is allowed: the answer is complete', async () => {
		const { hints, item } = await hintsOf({ threadId: 'cus_42' });
		expect(item).not.toHaveProperty('pending_delegations');
		expect(item).not.toHaveProperty('run_status');
		expect(hints).toEqual([]);
	});

	it('is said by the item and a hint, which tells what to do', async () => {
		const { hints, item } = await hintsOf({
			threadId: 'cus_42',
			options: { allowBackgroundWork: true },
		});
		expect(item).toMatchObject({
			response: expect.any(String),
			run_status: 'pending_delegations',
			pending_delegations: [
				{
					id: expect.stringMatching(/^delegation_/),
					kind: 'workflow',
					target: expect.any(Object),
					expected_by: expect.any(String),
				},
			],
		});
		expect(item).not.toHaveProperty('hint');
		expect(hints).toEqual([
			expect.stringMatching(/workflows that it has started are still running.*Delegation/),
		]);
	});

	it('is hinted at once for many items', async () => {
		const options = { allowBackgroundWork: true };
		const answered = await run({ agentId, options }, { items: [{}, {}, {}] });
		const [{ hints }] = answered.run.data.resultData.runData[FETCH_HIVE];
		expect(answered.jsonOf(FETCH_HIVE)).toHaveLength(3);
		expect(hints).toHaveLength(1);
	});
});

describe('a message that gets no response', () => {
	it('stops the workflow and says why, and what to do', async () => {
		const failed = await run({ agentId: 'agent_failing' });
		expect(errorOf(failed)).toMatchObject(PROVIDER_FAILURE_ERROR);
	});

	it('is an item of the error output where the workflow continues', async () => {
		const { jsonOf } = await run(
			{ agentId: 'agent_failing' },
			{ settings: { onError: 'continueErrorOutput' } },
		);
		expect(jsonOf(ON_ERROR)).toEqual([PROVIDER_FAILURE_ITEM]);
	});

	it('is not sent again by Retry on Fail', async () => {
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		await run({ agentId: 'agent_failing' }, { settings });
		expect(scenario.emulator.requests).toHaveLength(1);
	});

	it('says that there is no such agent', async () => {
		const failed = await run({ agentId: 'agent_nobody' });
		expect(errorOf(failed)).toMatchObject({
			message: "Fetch Hive did not find the agent 'agent_nobody' in this account",
			description: expect.stringMatching(/'Agent ID'.*Agent not found/),
			httpCode: '404',
		});
	});
});

describe('is refused before anything is sent:', () => {
	const both = /^'Thread ID' and 'Messages' cannot both be set$/;

	it.each<[string, INodeParameters, RegExp]>([
		['no agent', { agentId: '={{ $json.nothing }}' }, /^'Agent ID' is empty$/],
		['no message', { message: '={{ "\\n " }}' }, /^'Message' is empty$/],
		['a message of an object', { message: '={{ { a: 1 } }}' }, /^'Message' is not text$/],
		['a thread beside messages', { threadId: 't', options: { messages: history } }, both],
		[
			'a thread beside messages of JSON',
			{ threadId: 't', options: { messagesJson: '[{"role": "user", "content": "a"}]' } },
			/^'Thread ID' and 'Messages \(JSON\)' cannot both be set$/,
		],
		[
			'messages of both kinds',
			{ options: { messages: history, messagesJson: '[{"role": "user", "content": "a"}]' } },
			/^'Messages' and 'Messages \(JSON\)' cannot both be set$/,
		],
		['a thread of an object', { threadId: '={{ { id: 1 } }}' }, /^'Thread ID' is not text$/],
		[
			'a message of no date',
			{ message: '={{ new Date("a") }}' },
			/^'Message' is not a valid date$/,
		],
		[
			'an earlier turn without content',
			{ options: { messages: { message: [said('user', 'a'), said('user', ' ')] } } },
			/^Message 2 has no content$/,
		],
		[
			'an earlier turn of an unknown role',
			{ options: { messagesJson: '[{"role": "tool", "content": "a"}]' } },
			/^'Messages \(JSON\)': message 1 has no known role$/,
		],
		[
			'six attachments',
			{ options: { attachmentUrls: Array(6).fill(FILE) } },
			/^The attachments and artifact references are 6 files together$/,
		],
		[
			'an attachment that is no address',
			{ options: { attachmentUrls: [FILE, 'report.pdf'] } },
			/^'Attachment URLs': address 2 is not a web address: report\.pdf$/,
		],
		[
			'six files of different kinds',
			{
				options: {
					artifactRefs: 'a, b',
					attachmentUrls: Array(3).fill(FILE),
					attachmentsJson: '[{"id": "c"}]',
				},
			},
			/^The attachments and artifact references are 6 files together$/,
		],
		[
			'files that are no list',
			{ options: { attachmentsJson: '{"id": "a"}' } },
			/^'Attachments \(JSON\)' is not a JSON array$/,
		],
		[
			'a file that is neither an address nor described',
			{ options: { attachmentsJson: '[12]' } },
			/^'Attachments \(JSON\)': entry 1 is the number 12$/,
		],
		[
			'a described file without ID and address',
			{ options: { attachmentsJson: `["${FILE}", {"name": "a.pdf"}]` } },
			/^'Attachments \(JSON\)': entry 2 has neither an id nor a file_url$/,
		],
		[
			'a described file with a wrong address',
			{ options: { attachmentsJson: '[{"file_url": "report.pdf"}]' } },
			/^'Attachments \(JSON\)': entry 1 is not a web address: report\.pdf$/,
		],
		[
			'artifacts of objects',
			{ options: { artifactRefs: '={{ [{ id: 1 }] }}' } },
			/^'Artifact References': an entry is not text$/,
		],
		[
			'background work of a word',
			{ options: { allowBackgroundWork: '={{ "perhaps" }}' } },
			/^'Allow Background Work' is not true or false$/,
		],
		[
			'nested metadata',
			{ options: { metadataJson: '={{ { a: { b: 1 } } }}' } },
			/^'Metadata \(JSON\)' cannot hold lists or objects/,
		],
	])('%s', async (_case, parameters, message) => {
		await scenario.expectRefused(parameters, message);
	});

	it('an attachment over plain http, which Fetch Hive does not take', async () => {
		await scenario.expectRefused(
			{ options: { attachmentUrls: [FILE, 'http://example.com/a.png'] } },
			/^'Attachment URLs': address 2 must start with https:\/\/: http:\/\/example\.com\/a\.png$/,
			{ api: { baseUrl: PUBLIC_API, apiKey: scenario.emulator.apiKey } },
		);
	});
});

describe('many messages', () => {
	const bodies = () => scenario.emulator.requests.map(({ body }) => body as { message: string });
	const items = ['one', 'two', 'three', 'four', 'five', 'six'].map((message) => ({ message }));

	it('of one conversation are sent one after the other', async () => {
		const threadId = 'thread_7';
		await run({ message: '={{ $json.message }}', threadId }, { items });
		expect(bodies().map(({ message }) => message)).toEqual(items.map(({ message }) => message));
		expect(scenario.emulator.mostAtOnce()).toBe(1);
	});

	it('of conversations of their own are sent at once', async () => {
		scenario.emulator.set({ answerDelayMs: 20 });
		const answered = await run({ message: '={{ $json.message }}' }, { items });
		expect(answered.jsonOf(FETCH_HIVE)).toHaveLength(items.length);
		const waiting = bodies().length;
		expect(waiting).toBe(items.length);
	});
});
