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

/**
 * Serves `/files/<name>`. A request with an Authorization header is refused: a file needs no key,
 * and whoever sends one along leaks it to another host.
 *
 * @param {import('fastify').FastifyInstance} app
 * @param {FileHost} files
 */
function addFileRoute(app, files) {
	app.get('/files/:name', (request, reply) => {
		if (request.headers.authorization !== undefined) {
			return reply
				.code(400)
				.send({ error: 'A file is downloaded without an Authorization header' });
		}
		const { name } = /** @type {{ name: string }} */ (request.params);
		const bytes = files.get(name);
		if (!bytes) return reply.code(404).send({ error: 'File not found' });
		return reply.type('image/png').send(bytes);
	});
}

module.exports = { FileHost, addFileRoute };
