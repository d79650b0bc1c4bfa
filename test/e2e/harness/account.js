const { n8nClient } = require('../../../playground/n8n/rest');
const { ownerOf } = require('../../../playground/owner');

/**
 * @typedef {{id: string, name: string}} CredentialReference
 *
 * @typedef {object} Account
 * @property {import('../../../playground/n8n/rest').N8nClient} client signed in as the owner
 * @property {{fetchHiveApi: CredentialReference}} credentials of the emulator
 */

/**
 * Makes the owner of a fresh n8n, and the API credential of an emulator.
 *
 * @param {{url: string, userFolder: string}} n8n
 * @param {import('../../../playground/emulator').Emulator} emulator
 * @returns {Promise<Account>}
 */
async function openAccount({ url, userFolder }, { apiKey, baseUrl }) {
	const client = n8nClient(url);
	await client.signIn(await ownerOf(userFolder));
	const { id, name } = await client.saveCredential({
		name: 'Fetch Hive account',
		type: 'fetchHiveApi',
		data: { apiKey, baseUrl },
	});
	return { client, credentials: { fetchHiveApi: { id, name } } };
}

module.exports = { openAccount };
