const { ownerOf } = require('../../../playground/owner');

/** @typedef {{url: string, userFolder: string}} N8nWithOwner the folder holds the owner's password */

/**
 * Logs the owner in, as a browser of its own.
 *
 * @param {N8nWithOwner} n8n
 * @param {string} browserId what n8n ties the cookie to
 * @returns {Promise<string>} the value of the cookie
 */
async function logIn({ url, userFolder }, browserId) {
	const { email, password } = await ownerOf(userFolder);
	const response = await fetch(`${url}/rest/login`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'browser-id': browserId },
		body: JSON.stringify({ emailOrLdapLoginId: email, password }),
	});
	const cookies = response.headers.getSetCookie().join();
	const value = /n8n-auth=([^;]+)/.exec(cookies)?.[1];
	if (!value) throw new Error(`n8n refused to log the owner in: ${await response.text()}`);
	return value;
}

module.exports = { logIn };
