import { createHmac } from 'crypto';

import type { Received } from '../callbackServer';

/** Whose callbacks they are. */
export interface Sender {
	secret: string;
	/** The run that the waiting execution waits for. */
	requestId: string;
	nowSeconds: number;
}

export interface CallbackCase {
	what: string;
	/** All of them arrive at the same moment. */
	calls(sender: Sender): Received[];
	/** How many executions the trigger starts, and how often the waiting execution goes on. */
	starts: number;
	wakes: number;
}

const MANY = 100;
/** How old a signature with a time may be. */
const MAX_AGE_SECONDS = 300;
const SIGNATURE = 'x-fetch-hive-signature';

const hmac = (secret: string, signed: string | Buffer) =>
	createHmac('sha256', secret).update(signed).digest('hex');

const textOf = (requestId: string, more: object = {}) =>
	JSON.stringify({
		event_type: 'workflow.completed',
		request_id: requestId,
		data: { output: 'Café.' },
		...more,
	});

function signed(secret: string, body: string | Buffer): Received {
	const rawBody = Buffer.from(body as string);
	return { headers: { [SIGNATURE]: hmac(secret, rawBody) }, rawBody };
}

function timed({ nowSeconds, requestId, secret }: Sender, secondsOff: number): Received {
	const text = textOf(requestId);
	const time = nowSeconds + secondsOff;
	const header = `t=${time},v1=${hmac(secret, `${time}.${text}`)}`;
	return { headers: { [SIGNATURE]: header }, rawBody: Buffer.from(text) };
}

const copies = (one: Received) => Array.from({ length: MANY }, () => one);

export const CALLBACK_CASES: CallbackCase[] = [
	{
		what: 'the genuine callback',
		calls: ({ requestId, secret }) => [signed(secret, textOf(requestId))],
		starts: 1,
		wakes: 1,
	},
	{
		what: `the same callback ${MANY} times at once`,
		calls: ({ requestId, secret }) => copies(signed(secret, textOf(requestId))),
		starts: 1,
		wakes: 1,
	},
	{
		what: `callbacks of ${MANY} other runs at once`,
		calls: ({ secret }) =>
			Array.from({ length: MANY }, (_, run) => signed(secret, textOf(`req_other_${run}`))),
		starts: MANY,
		wakes: 0,
	},
	{
		what: 'an event of progress that comes late, together with the end',
		calls: ({ requestId, secret }) => [
			signed(secret, textOf(requestId)),
			signed(secret, textOf(requestId, { event_type: 'workflow.progress' })),
		],
		starts: 2,
		wakes: 1,
	},
	{
		what: `signed with a time, by a clock that is ${MAX_AGE_SECONDS} seconds slow`,
		calls: (sender) => [timed(sender, -MAX_AGE_SECONDS)],
		starts: 1,
		wakes: 1,
	},
	{
		what: `signed with a time, by a clock that is ${MAX_AGE_SECONDS + 1} seconds slow (or a recorded callback)`,
		calls: (sender) => [timed(sender, -MAX_AGE_SECONDS - 1)],
		starts: 0,
		wakes: 0,
	},
	{
		what: `signed with a time, by a clock that is ${MAX_AGE_SECONDS + 1} seconds fast`,
		calls: (sender) => [timed(sender, MAX_AGE_SECONDS + 1)],
		starts: 0,
		wakes: 0,
	},
	{
		what: 'without a signature',
		calls: ({ requestId }) => [{ headers: {}, rawBody: Buffer.from(textOf(requestId)) }],
		starts: 0,
		wakes: 0,
	},
	{
		what: 'signed with another secret',
		calls: ({ requestId }) => [signed('another secret, of 16 or more', textOf(requestId))],
		starts: 0,
		wakes: 0,
	},
	{
		what: 'cut off on its way',
		calls: ({ requestId, secret }) => {
			const { headers, rawBody } = signed(secret, textOf(requestId));
			return [{ headers, rawBody: rawBody.subarray(0, rawBody.length / 2) }];
		},
		starts: 0,
		wakes: 0,
	},
	{
		what: 'signed, but half of a JSON text',
		calls: ({ requestId, secret }) => [signed(secret, textOf(requestId).slice(0, 20))],
		starts: 0,
		wakes: 0,
	},
	{
		what: 'signed, but a list instead of an object',
		calls: ({ requestId, secret }) => [signed(secret, `[${textOf(requestId)}]`)],
		starts: 0,
		wakes: 0,
	},
	{
		what: 'signed, with a byte order mark in front',
		calls: ({ requestId, secret }) => [signed(secret, `\uFEFF${textOf(requestId)}`)],
		starts: 1,
		wakes: 1,
	},
	{
		what: 'signed, in ISO 8859-1 instead of UTF-8',
		calls: ({ requestId, secret }) => [signed(secret, Buffer.from(textOf(requestId), 'latin1'))],
		starts: 1,
		wakes: 1,
	},
	{
		what: 'signed, and 20 MB large',
		calls: ({ requestId, secret }) => [
			signed(secret, textOf(requestId, { data: { output: 'x'.repeat(20 * 1024 * 1024) } })),
		],
		starts: 1,
		wakes: 1,
	},
];
