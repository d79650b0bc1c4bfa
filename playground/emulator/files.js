const { Readable } = require('node:stream');

const { waited } = require('./pending');
const { png } = require('./png');

/**
 * @typedef {object} ImageAsset
 * @property {string} id
 * @property {string} file_url
 * @property {string} file_name
 * @property {number} file_size in bytes
 * @property {string} file_type
 */

/** @type {[number, number, number][]} */
const COLOURS = [
	[230, 160, 30],
	[60, 120, 200],
	[70, 160, 90],
	[180, 70, 120],
];

const MOVED = '/files/moved/';
const EXTRA_BYTES = 2 * 1024 * 1024;
/** As a host of pre-signed addresses says it, whose time is up. */
const EXPIRED = '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>';
/** So that the first half has arrived. */
const CUT_OFF_MS = 50;

/** Images that runs have made, to be downloaded without any key. */
class FileHost {
	/** @type {Map<string, Buffer>} */
	#files = new Map();
	#made = 0;

	/** @param {() => string} origin of this server, known once it listens */
	constructor(origin) {
		this.origin = origin;
	}

	/**
	 * @param {number} index from 1
	 * @returns {ImageAsset}
	 */
	addImage(index) {
		this.#made += 1;
		const name = `step_3_${this.#made}_${index}.png`;
		const bytes = png(COLOURS[(index - 1) % COLOURS.length]);
		this.#files.set(name, bytes);
		return {
			id: `asset_${index}`,
			file_url: `${this.origin()}/files/${name}`,
			file_name: name,
			file_size: bytes.length,
			file_type: 'image/png',
		};
	}

	/**
	 * @param {string} name
	 * @returns {Buffer | undefined}
	 */
	get(name) {
		return this.#files.get(name);
	}

	clear() {
		this.#files.clear();
	}
}

/** Half of the bytes at once, the rest later, or never when it is cut off. */
const inHalves = (/** @type {Buffer} */ bytes, /** @type {() => Promise<boolean>} */ goesOn) =>
	Readable.from(
		(async function* () {
			const half = Math.floor(bytes.length / 2);
			yield bytes.subarray(0, half);
			if (!(await goesOn())) throw new Error('Cut off');
			yield bytes.subarray(half);
		})(),
		{ objectMode: false },
	);

/**
 * Sends a file as the switch `fileFault` says.
 *
 * @param {import('fastify').FastifyReply} reply
 * @param {Buffer} bytes
 * @param {import('./handlers/order').Service} service
 */
function sendFile(reply, bytes, { switches, pending }) {
	reply.type('image/png');
	switch (switches.fileFault) {
		case 'no_length':
			return reply.send(Readable.from([bytes]));
		case 'larger_than_said':
			return reply.send(Readable.from([bytes, Buffer.alloc(EXTRA_BYTES)]));
		case 'slow':
			reply.header('Content-Length', bytes.length);
			return reply.send(inHalves(bytes, () => waited(switches.slowMs, pending.signal)));
		case 'cut_off':
			reply.header('Content-Length', bytes.length);
			return reply.send(
				inHalves(bytes, () => waited(CUT_OFF_MS, pending.signal).then(() => false)),
			);
		default:
			return reply.send(bytes);
	}
}

/**
 * Serves `/files/<name>`. A request with an Authorization header is refused: a file needs no key,
 * and whoever sends one along leaks it to another host.
 *
 * @param {import('fastify').FastifyInstance} app
 * @param {import('./handlers/order').Service} service
 */
function addFileRoute(app, service) {
	/** @type {import('fastify').RouteHandlerMethod} */
	const serve = (request, reply) => {
		if (request.headers.authorization !== undefined) {
			return reply
				.code(400)
				.send({ error: 'A file is downloaded without an Authorization header' });
		}
		const { name } = /** @type {{ name: string }} */ (request.params);
		const bytes = service.files.get(name);
		const { fileFault } = service.switches;
		if (!bytes || fileFault === 'missing') return reply.code(404).send({ error: 'File not found' });
		if (fileFault === 'expired') return reply.code(403).type('application/xml').send(EXPIRED);
		if (fileFault === 'redirect' && !request.url.startsWith(MOVED)) {
			return reply.redirect(`${MOVED}${name}`, 302);
		}
		return sendFile(reply, bytes, service);
	};
	app.get('/files/:name', serve);
	app.get(`${MOVED}:name`, serve);
}

module.exports = { FileHost, addFileRoute };
