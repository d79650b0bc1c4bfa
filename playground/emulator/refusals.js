/**
 * @typedef {import('ajv').ErrorObject} ErrorObject
 * @typedef {import('./switches').Switches} Switches
 */

const CALLBACK_URL_MISSING = 'callback_url is required when async is enabled';
const CALLBACK_URL_INVALID = 'callback_url must be a valid URL';
const DEPLOYMENT_MISSING = 'Missing required field: deployment or variant';

/** @param {ErrorObject} error */
function missingText({ instancePath, params }) {
	const { missingProperty } = params;
	if (missingProperty === 'deployment' || missingProperty === 'variant') return DEPLOYMENT_MISSING;
	if (missingProperty === 'callback_url') return CALLBACK_URL_MISSING;
	const path = [...instancePath.split('/').slice(1), missingProperty];
	return `Missing required field: ${path.join('.')}`;
}

/** @param {ErrorObject} error */
function metadataText({ keyword }) {
	return keyword === 'minLength'
		? 'metadata keys must be non-empty strings'
		: 'metadata values must be strings, numbers, booleans, or null';
}

/** @param {ErrorObject} error */
function otherText({ instancePath, keyword, message, params }) {
	const path = instancePath.split('/').slice(1).join('.');
	if (keyword === 'additionalProperties') {
		return `Unknown field: ${[path, params.additionalProperty].filter(Boolean).join('.')}`;
	}
	return `${path || 'The request body'} ${message}`;
}

/** @param {ErrorObject} error */
function textOf(error) {
	const { instancePath, keyword, propertyName } = error;
	if (keyword === 'required') return missingText(error);
	if (keyword === 'format' && instancePath === '/async/callback_url') return CALLBACK_URL_INVALID;
	if (
		instancePath.startsWith('/metadata/') ||
		(instancePath === '/metadata' && propertyName === '')
	)
		return metadataText(error);
	return otherText(error);
}

/**
 * `deployment` and `variant` may come empty from a form: for the caller that is missing too.
 *
 * @param {ErrorObject} error
 */
const isEmptyName = ({ instancePath, keyword }) =>
	keyword === 'minLength' && (instancePath === '/deployment' || instancePath === '/variant');

/** `if` and `propertyNames` only announce the errors that stand beside them. */
const ANNOUNCEMENTS = ['if', 'propertyNames'];

/**
 * @param {ErrorObject} error
 * @param {Switches} switches
 */
function isTolerated({ keyword, params }, { variantRequired }) {
	return !variantRequired && keyword === 'required' && params.missingProperty === 'variant';
}

/**
 * What Fetch Hive says about a refused body: its documented text where there is one.
 *
 * @param {ErrorObject[]} errors of the schema
 * @param {Switches} switches
 * @returns {string | undefined} undefined when nothing is left to refuse
 */
function refusalText(errors, switches) {
	const [error] = errors.filter(
		(each) => !ANNOUNCEMENTS.includes(each.keyword) && !isTolerated(each, switches),
	);
	if (!error) return undefined;
	return isEmptyName(error) ? DEPLOYMENT_MISSING : textOf(error);
}

module.exports = { CALLBACK_URL_INVALID, refusalText };
