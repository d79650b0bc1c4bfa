const { once } = require('node:events');
const { gzipSync } = require('node:zlib');

/**
 * @typedef {import('.').Exchange} Exchange
 * @typedef {import('.').Fault} Fault
 */

const MEBIBYTE = 1024 * 1024;
const LARGE_BYTES = 20 * MEBIBYTE;
/** What some hundred kilobytes become when they are unpacked. */
const BOMB_MEBIBYTES = 256;

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
	const bytes = Buffer.from(body);
	response.writeHead(status, {
		...headers,
		'Content-Type': type,
		'Content-Length': bytes.length,
	});
	response.end(bytes);
	// The client may leave before it has read all of it.
	if (!response.destroyed) await once(response, 'close');
}

/**
 * The genuine answer with one more key in front, in ISO 8859-1.
 *
 * @param {string} genuine
 * @param {Buffer} value
 */
const withNote = (genuine, value) =>
	Buffer.concat([
		Buffer.from('{"note":"'),
		value,
		Buffer.from(genuine.replace('{', '",'), 'latin1'),
	]);

/** @param {string} genuine follows in a member of its own, as each mebibyte does: gzip allows it */
function bombWith(genuine) {
	const mebibyte = gzipSync(Buffer.alloc(MEBIBYTE, ' '));
	return Buffer.concat([...Array(BOMB_MEBIBYTES).fill(mebibyte), gzipSync(genuine)]);
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
		const body = withNote(exchange.genuine, Buffer.from('café', 'latin1'));
		return send(exchange, 200, `${JSON_TYPE}; charset=iso-8859-1`, body);
	}),
	large_answer: afterRun('answers 20 MB', (exchange) =>
		send(exchange, 200, JSON_TYPE, withNote(exchange.genuine, Buffer.alloc(LARGE_BYTES, 'x'))),
	),
	gzip_bomb: afterRun('answers little that unpacks to 256 MB', (exchange) =>
		send(exchange, 200, JSON_TYPE, bombWith(exchange.genuine), { 'Content-Encoding': 'gzip' }),
	),
};

module.exports = { WEB_PAGE, bodies };
