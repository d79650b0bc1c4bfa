/**
 * @param {string} text
 * @returns {URL | undefined} undefined when it is no URL
 */
function parsedUrl(text) {
	try {
		// Not URL.canParse: once Node 20 has compiled it, it takes no letters outside ASCII.
		return new URL(text);
	} catch {
		return undefined;
	}
}

module.exports = { parsedUrl };
