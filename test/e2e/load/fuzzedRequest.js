const { gzipSync } = require('node:zlib');
const { default: fc } = require('fast-check');

/**
 * @typedef {object} FuzzedRequest as anybody on the internet may send it who knows the address
 * @property {string} method
 * @property {string} query goes behind the address
 * @property {Record<string, string>} headers
 * @property {Buffer} body
 */

const KIBIBYTE = 1024;
/** More than the limit of n8n (N8N_PAYLOAD_SIZE_MAX) that the test sets. */
const OVER_THE_LIMIT = 1100 * KIBIBYTE;
const DEEP = 5_000;

const SIGNATURE = 'x-fetch-hive-signature';

const visible = fc.string({
	unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
	maxLength: 60,
});
const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), maxLength: 80 });
const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));

/** Whatever may stand where the signature is looked for. */
const signature = fc.oneof(
	visible,
	hex,
	digest.map((bytes) => bytes.toString('hex')),
	digest.map((bytes) => `sha256=${bytes.toString('hex')}`),
	digest.map((bytes) => bytes.toString('base64')),
	fc
		.tuple(fc.oneof(fc.integer(), visible, fc.constant(Math.floor(Date.now() / 1000))), digest)
		.map(([time, bytes]) => `t=${time},v1=${bytes.toString('hex')}`),
	digest.map((bytes) => Array.from({ length: 200 }, () => bytes.toString('hex')).join(',')),
	fc.constantFrom('', ',', 't=', 'v1=', 't=,v1=', '='.repeat(2_000)),
);

/** XML is not among them: after a broken XML body n8n 2.41.1 leaves others unanswered, whatever node they are for. */
const CONTENT_TYPES = [
	'application/json',
	'application/json; charset=utf-8',
	'application/json; charset=utf-16',
	'application/json; charset=nonsense',
	'application/cloudevents+json',
	'application/x-www-form-urlencoded',
	'application/octet-stream',
	'text/plain',
	'multipart/form-data; boundary=x',
	'multipart/form-data',
	';',
];

const names = fc.constantFrom('__proto__', 'constructor', 'event_type', 'request_id', 'data', 'a');
const json = fc.oneof(
	fc.jsonValue({ maxDepth: 4 }),
	fc.dictionary(names, fc.jsonValue({ maxDepth: 2 })),
	fc.constantFrom(null, [], {}, '', 0, { data: null }, { request_id: {} }, [[[]]]),
);

const body = fc.oneof(
	{ arbitrary: json.map((value) => Buffer.from(JSON.stringify(value))), weight: 40 },
	{ arbitrary: json.map((value) => Buffer.from(JSON.stringify(value).slice(0, -1))), weight: 10 },
	{ arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)), weight: 15 },
	{ arbitrary: visible.map((text) => Buffer.from(text)), weight: 10 },
	{ arbitrary: fc.constant(Buffer.alloc(0)), weight: 5 },
	{ arbitrary: json.map((value) => gzipSync(JSON.stringify(value))), weight: 5 },
	{
		arbitrary: fc.constantFrom('[', '{"a":').map((open) => Buffer.from(open.repeat(DEEP))),
		weight: 5,
	},
	{ arbitrary: fc.constant(Buffer.from(`"${'x'.repeat(100 * KIBIBYTE)}"`)), weight: 5 },
	{ arbitrary: fc.constant(Buffer.alloc(OVER_THE_LIMIT, '1')), weight: 1 },
	{ arbitrary: fc.constant(gzipSync(Buffer.alloc(OVER_THE_LIMIT, ' '))), weight: 1 },
);

const headers = fc
	.tuple(
		fc.option(signature, { freq: 6 }),
		fc.option(fc.oneof(fc.constantFrom(...CONTENT_TYPES), visible), { freq: 8 }),
		fc.option(fc.constantFrom('gzip', 'deflate', 'br', 'identity', 'nonsense'), { freq: 2 }),
		fc.dictionary(
			fc.constantFrom('x-forwarded-for', 'accept', 'cookie', 'authorization', 'x-http-method'),
			visible,
			{ maxKeys: 2 },
		),
	)
	.map(([signed, type, encoding, others]) => ({
		...others,
		...(signed !== null && { [SIGNATURE]: signed }),
		...(type !== null && { 'content-type': type }),
		...(encoding !== null && { 'content-encoding': encoding }),
	}));

/** @type {import('fast-check').Arbitrary<FuzzedRequest>} */
const fuzzedRequest = fc.record({
	method: fc.oneof(
		{ arbitrary: fc.constant('POST'), weight: 9 },
		{ arbitrary: fc.constantFrom('GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'), weight: 1 },
	),
	query: fc.oneof(
		fc.constant(''),
		visible.map((text) => encodeURIComponent(text)),
	),
	headers,
	body,
});

/**
 * The same requests for the same seed.
 *
 * @param {number} count
 * @param {number} seed
 * @returns {FuzzedRequest[]}
 */
const fuzzedRequests = (count, seed) => fc.sample(fuzzedRequest, { numRuns: count, seed });

module.exports = { fuzzedRequests };
