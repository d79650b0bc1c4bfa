const { once } = require('node:events');

/**
 * @typedef {import('.').Exchange} Exchange
 * @typedef {import('.').Fault} Fault
 * @typedef {import('node:stream').Duplex} Duplex
 */

const DRIP_MILLISECONDS = 100;

/**
 * Keeps a connection open until the client leaves.
 *
 * @param {Duplex | null} socket
 * @param {AbortSignal} cancelled
 */
async function hang(socket, cancelled) {
	if (!socket) return;
	await once(socket, 'close', { signal: cancelled }).catch(() => socket.destroy());
}

/** @param {Exchange} exchange */
const reset = ({ response }) => void response.socket?.resetAndDestroy();

/**
 * Announces all of the answer and sends half of it.
 *
 * @param {Exchange} exchange
 * @returns {Promise<void>} when the half has left
 */
async function sendHalf({ genuine, response }) {
	const bytes = Buffer.from(genuine);
	response.writeHead(200, {
		'Content-Type': 'application/json',
		'Content-Length': bytes.length,
	});
	await new Promise((resolve) => {
		response.write(bytes.subarray(0, bytes.length / 2), resolve);
	});
}

/**
 * Writes something again and again until the client leaves.
 *
 * @param {Exchange} exchange
 * @param {() => unknown} write
 */
async function keepWriting({ cancelled, response }, write) {
	const timer = setInterval(write, DRIP_MILLISECONDS);
	await hang(response.socket, cancelled);
	clearInterval(timer);
}

/** @param {Exchange} exchange */
async function dripHeaders(exchange) {
	const { socket } = exchange.response;
	socket?.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n');
	await keepWriting(exchange, () => socket?.write('X-More: 1\r\n'));
}

/** @param {Exchange} exchange */
async function dripBody(exchange) {
	const { response } = exchange;
	response.writeHead(200, { 'Content-Type': 'application/json' });
	// JSON may begin with any amount of white space.
	await keepWriting(exchange, () => response.write(' '));
}

/** @type {Record<string, Fault>} what goes wrong on the way */
const connections = {
	reset_on_arrival: {
		description: 'resets the connection before the call is read: no run is started',
		stage: 'arrival',
		answer: reset,
	},
	reset_before_answer: {
		description: 'resets the connection before it answers',
		stage: 'after_run',
		answer: reset,
	},
	reset_in_answer: {
		description: 'resets the connection half-way through the answer',
		stage: 'after_run',
		answer: async (exchange) => {
			await sendHalf(exchange);
			reset(exchange);
		},
	},
	closed_in_answer: {
		description: 'closes the connection half-way through the answer',
		stage: 'after_run',
		answer: async (exchange) => {
			await sendHalf(exchange);
			exchange.response.socket?.end();
		},
	},
	stalled_headers: {
		description: 'never answers',
		stage: 'after_run',
		answer: ({ cancelled, response }) => hang(response.socket, cancelled),
	},
	dripping_headers: {
		description: 'sends one header after the other, without end',
		stage: 'after_run',
		answer: dripHeaders,
	},
	stalled_body: {
		description: 'stops half-way through the answer and keeps the connection open',
		stage: 'after_run',
		answer: async (exchange) => {
			await sendHalf(exchange);
			await hang(exchange.response.socket, exchange.cancelled);
		},
	},
	dripping_body: {
		description: 'sends one byte after the other, without end',
		stage: 'after_run',
		answer: dripBody,
	},
	not_http: {
		description: 'answers with something that is not HTTP',
		stage: 'after_run',
		answer: ({ response }) => void response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n'),
	},
};

module.exports = { connections, hang };
