const { crc32, deflateSync } = require('node:zlib');

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const SIZE = 64;
const BIT_DEPTH = 8;
const TRUE_COLOUR = 2;

/**
 * @param {string} type
 * @param {Buffer} data
 */
function chunk(type, data) {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const checksum = Buffer.alloc(4);
	checksum.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, checksum]);
}

function header() {
	const data = Buffer.alloc(13);
	data.writeUInt32BE(SIZE, 0);
	data.writeUInt32BE(SIZE, 4);
	data.set([BIT_DEPTH, TRUE_COLOUR], 8);
	return data;
}

/**
 * A picture of 64 × 64 pixels in one colour.
 *
 * @param {[number, number, number]} colour red, green, blue from 0 to 255
 * @returns {Buffer} the bytes of a PNG file
 */
function png(colour) {
	const unfilteredRow = Buffer.concat([
		Buffer.from([0]),
		Buffer.alloc(SIZE * 3, Buffer.from(colour)),
	]);
	const pixels = Buffer.concat(Array.from({ length: SIZE }, () => unfilteredRow));
	return Buffer.concat([
		SIGNATURE,
		chunk('IHDR', header()),
		chunk('IDAT', deflateSync(pixels)),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

module.exports = { png };
