const { envelopeOf } = require('../errorEnvelope');
const { INVOKE } = require('./probe');

/** @typedef {import('./probe').Probe} Probe */

/** Costs nothing: no run can start from an empty body. @type {Probe} */
const emptyBody = {
	name: 'a body that must be refused',
	finds: ['validationStatus', 'errorEnvelope', 'redirectTo'],
	needs: [],
	run: async ({ client }) => {
		const { status, headers, body } = await client.post(INVOKE, {});
		if (headers.location !== undefined) return { redirectTo: new URL(headers.location).origin };
		const isValidation = status === 400 || status === 422;
		return {
			redirectTo: null,
			validationStatus: isValidation ? status : undefined,
			errorEnvelope: isValidation ? envelopeOf(body) : undefined,
		};
	},
};

const NO_SUCH_DEPLOYMENT = 'n8n-live-check-does-not-exist';

/** Costs nothing: where no variant is asked for, the deployment is not found. @type {Probe} */
const noVariant = {
	name: 'a body without a variant',
	finds: ['variantRequired'],
	needs: [],
	run: async ({ client }) => {
		const { status } = await client.post(INVOKE, { deployment: NO_SUCH_DEPLOYMENT });
		if (status === 404) return { variantRequired: false };
		return { variantRequired: status === 400 || status === 422 ? true : undefined };
	},
};

module.exports = { probes: [emptyBody, noVariant] };
