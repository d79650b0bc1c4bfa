const { Readable } = require('node:stream');
const { buffer } = require('node:stream/consumers');
const { setImmediate: nextTurn } = require('node:timers/promises');

/** @param {Buffer[]} chunks */
const streamOf = (chunks) => Readable.from(chunks, { objectMode: false });

/** The body of an answer whose connection has broken before anybody read it. */
function brokenStream() {
	const stream = streamOf([]);
	setImmediate(() => stream.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })));
	return stream;
}

/**
 * Reads a stream as n8n's store does: later, after it has made a folder.
 *
 * @param {Readable} stream
 * @returns {Promise<Buffer>}
 */
async function readLater(stream) {
	for (let turn = 0; turn < 5; turn += 1) await nextTurn();
	return await buffer(stream);
}

module.exports = { brokenStream, readLater, streamOf };
