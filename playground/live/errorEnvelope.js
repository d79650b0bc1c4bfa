/**
 * @param {any} body of a refused call; undefined when it is no JSON
 * @returns {import('../emulator/switches').Switches['errorEnvelope'] | undefined} undefined when it is none of those
 *   that are known
 */
function envelopeOf(body) {
	if (body === undefined) return 'text';
	if (Array.isArray(body.errors)) return 'errors';
	if (body.errors) return 'errors_by_field';
	if (body.detail) return 'detail';
	if (body.error_description) return 'error_description';
	if (body.error === undefined) return undefined;
	if (body.error_code) return 'newer';
	if (body.code) return 'code_alias';
	return body.message === undefined ? 'older' : 'newer';
}

module.exports = { envelopeOf };
