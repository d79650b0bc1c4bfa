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
 * Makes the API credential of an emulator in an n8n, as its owner, whom a fresh one has not yet.
 *
 * @param {{url: string, userFolder: string, session?: import('../../../playground/n8n/session').Session}} n8n session:
 *   the owner's, who logs in when it is left out
 * @param {import('../../../playground/emulator').Emulator} emulator
 * @returns {Promise<Account>}
 */
async function openAccount({ url, userFolder, session }, { apiKey, baseUrl }) {
	const client = n8nClient(url, session);
	if (!session) await client.signIn(await ownerOf(userFolder));
	const { id, name } = await client.saveCredential({
		name: 'Fetch Hive account',
		type: 'fetchHiveApi',
		data: { apiKey, baseUrl },
	});
	return { client, credentials: { fetchHiveApi: { id, name } } };
}

module.exports = { openAccount };
