/** @param {string} version such as "20.19" or "20.20.2" */
function partsOf(version) {
	const [major, minor = 0, patch = 0] = version.split('.').map(Number);
	return [major, minor, patch];
}

/**
 * @param {string} a
 * @param {string} b
 * @returns {number} negative when a is older
 */
function compareVersions(a, b) {
	const [left, right] = [partsOf(a), partsOf(b)];
	return left.map((part, index) => part - right[index]).find((difference) => difference) ?? 0;
}

/**
 * @param {string} version
 * @param {string} range of the kind the playground's manifests use: ">=20.19 <25"
 * @returns {boolean}
 */
function isInRange(version, range) {
	return range.split(' ').every((bound) => {
		const [, operator, limit] = /^(>=|<)(\d+(?:\.\d+){0,2})$/.exec(bound) ?? [];
		if (!operator) throw new Error(`"${bound}" is no bound of the form >=20.19 or <25.`);
		const difference = compareVersions(version, limit);
		return operator === '<' ? difference < 0 : difference >= 0;
	});
}

module.exports = { isInRange };
