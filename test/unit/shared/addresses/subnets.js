const { BlockList } = require('node:net');

/**
 * Whether Node.js itself finds an address in a range.
 *
 * @param {string} address
 * @param {{base: string, prefix: number, family: 'ipv4' | 'ipv6'}} range
 * @returns {boolean}
 */
function isInSubnet(address, { base, prefix, family }) {
	const list = new BlockList();
	list.addSubnet(base, prefix, family);
	return list.check(address, family);
}

module.exports = { isInSubnet };
