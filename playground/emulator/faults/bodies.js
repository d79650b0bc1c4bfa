const { once } = require('node:events');
const { gzipSync } = require('node:zlib');

/**
 * @typedef {import('.').Exchange} Exchange
 * @typedef {import('.').Fault} Fault
 */

const MEBIBYTE = 1024 * 1024;
const LARGE_BYTES = 20 * MEBIBYTE;
/** What some hundred kilobytes become when they are unpacked. */
const BOMB_BYTES = 256 * MEBIBYTE;

const WEB_PAGE = '<!doctype html><title>Fetch Hive</title><p>We will be back soon.</p>';
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * @param {Exchange} exchange
 * @param {number} status
 * @param {string} type
 * @param {string | Buffer} body
 * @param {Record<string, string>} [headers]
 */
async function send({ response }, status, type, body, headers) {
	response.writeHead(status, {
		...headers,
		'Content-Type': type,
		'Content-Length': Buffer.byteLength(body),
	});
	response.end(body);
	// The client may leave before it has read all of it.
	if (!response.destroyed) await once(response, 'close');
}

/**
 * The genuine answer with one more key in front.
 *
 * @param {string} genuine
 * @param {string} value
 */
const withNote = (genuine, value) => genuine.replace('{', `{"note":"${value}",`);

/** @type {Buffer | undefined} made once, when it is first asked for */
let bomb;

/** @param {string} genuine follows in a member of its own, which gzip allows */
function bombWith(genuine) {
	bomb ??= gzipSync(Buffer.alloc(BOMB_BYTES, ' '));
	return Buffer.concat([bomb, gzipSync(genuine)]);
}

/**
 * @param {string} description
 * @param {(exchange: Exchange) => Promise<void>} answer
 * @returns {Fault}
 */
const afterRun = (description, answer) => ({ description, stage: 'after_run', answer });

const JSON_TYPE = 'application/json';

/** @type {Record<string, Fault>} what is wrong with the answer itself */
const bodies = {
	truncated_json: afterRun('answers with the first half of the JSON', (exchange) =>
		send(exchange, 200, JSON_TYPE, exchange.genuine.slice(0, exchange.genuine.length / 2)),
	),
	html_page: afterRun('answers 200 with a web page', (exchange) =>
		send(exchange, 200, 'text/html', WEB_PAGE),
	),
	html_error_page: afterRun('answers 502 with a web page', (exchange) =>
		send(exchange, 502, 'text/html', WEB_PAGE),
	),
	empty_ok: afterRun('answers 200 without a body', (exchange) =>
		send(exchange, 200, JSON_TYPE, ''),
	),
	no_content: afterRun('answers 204', async ({ response }) => {
		response.writeHead(204).end();
	}),
	wrong_content_type: afterRun('answers JSON as plain text', (exchange) =>
		send(exchange, 200, 'text/plain', exchange.genuine),
	),
	byte_order_mark: afterRun('answers JSON behind a byte order mark', (exchange) =>
		send(exchange, 200, JSON_TYPE, BYTE_ORDER_MARK + exchange.genuine),
	),
	latin_1: afterRun('answers JSON in ISO 8859-1, and says so', (exchange) => {
		const body = Buffer.from(withNote(exchange.genuine, 'café'), 'latin1');
		return send(exchange, 200, `${JSON_TYPE}; charset=iso-8859-1`, body);
	}),
	large_answer: afterRun('answers 20 MB', (exchange) =>
		send(exchange, 200, JSON_TYPE, withNote(exchange.genuine, 'x'.repeat(LARGE_BYTES))),
	),
	gzip_bomb: afterRun('answers little that unpacks to 256 MB', (exchange) =>
		send(exchange, 200, JSON_TYPE, bombWith(exchange.genuine), { 'Content-Encoding': 'gzip' }),
	),
};

module.exports = { WEB_PAGE, bodies };
