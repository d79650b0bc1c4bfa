const { INVOKE, isSuccess, orderOf } = require('./probe');

/**
 * @typedef {import('./probe').Found} Found
 * @typedef {import('./probe').Probe} Probe
 * @typedef {import('./probe').Target} Target
 */

/**
 * @param {{ file_url: string, file_size?: number }} asset
 * @returns {Promise<Found['fileFault']>} undefined when the host answers in a way that no switch has
 */
async function faultOf({ file_url, file_size = Infinity }) {
	const response = await fetch(file_url, { redirect: 'manual' });
	if (response.status === 404) return 'missing';
	if (response.status === 403) return 'expired';
	if (response.status >= 300 && response.status < 400) return 'redirect';
	if (!response.ok) return undefined;
	const bytes = await response.arrayBuffer().catch(() => undefined);
	if (bytes === undefined) return 'cut_off';
	if (bytes.byteLength > file_size) return 'larger_than_said';
	return response.headers.has('content-length') ? 'none' : 'no_length';
}

/** @type {Probe} */
const fileOfRun = {
	name: 'a file that a run made',
	finds: ['fileFault'],
	needs: ['image'],
	run: async ({ client, targets }) => {
		const answer = await client.post(INVOKE, orderOf(/** @type {Target} */ (targets.image)));
		const [asset] = (isSuccess(answer) && answer.body?.output?.assets) || [];
		return asset ? { fileFault: await faultOf(asset) } : {};
	},
};

module.exports = { probes: [fileOfRun] };
