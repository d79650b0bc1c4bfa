const { inspect } = require('node:util');

/**
 * Everything a value holds, as text: what n8n saves of a run is a part of it, hidden properties of errors included.
 *
 * @param {unknown} value
 */
function everythingIn(value) {
	return inspect(value, {
		depth: Infinity,
		showHidden: true,
		maxArrayLength: Infinity,
		maxStringLength: Infinity,
		breakLength: Infinity,
		// Nothing on one line: that would search every text for line breaks, at each level.
		compact: false,
	});
}

module.exports = { everythingIn };
