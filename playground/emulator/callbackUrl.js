const { parsedUrl } = require('./parsedUrl');
const { CALLBACK_URL_INVALID } = require('./refusals');

/** @typedef {import('./switches').Switches} Switches */

/** @param {string} host */
const isLoopback = (host) =>
	host === 'localhost' ||
	host.endsWith('.localhost') ||
	host === '[::1]' ||
	/^127(\.\d{1,3}){3}$/.test(host);

/**
 * @param {string} callbackUrl
 * @param {Switches} switches
 * @returns {string | undefined} why the URL is refused
 */
function callbackUrlRefusal(callbackUrl, { allowLoopbackHttpCallback }) {
	const url = parsedUrl(callbackUrl);
	if (url === undefined) return CALLBACK_URL_INVALID;
	const { protocol, hostname } = url;
	if (protocol === 'https:') return undefined;
	if (protocol !== 'http:') return CALLBACK_URL_INVALID;
	if (allowLoopbackHttpCallback && isLoopback(hostname)) return undefined;
	return 'callback_url must use HTTPS';
}

module.exports = { callbackUrlRefusal };
