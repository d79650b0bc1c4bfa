const VERSION = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;

/**
 * @param {string} changelog
 * @param {string} version
 * @returns {string | undefined} the text of its section; undefined when there is none
 */
function sectionOf(changelog, version) {
	const [, ...sections] = changelog.split(/^## /m);
	const section = sections.find((each) => each.split('\n')[0].trim() === version);
	return section?.split('\n').slice(1).join('\n').trim();
}

/**
 * Whether what is released has one version everywhere.
 *
 * @param {object} release
 * @param {string} release.version of package.json
 * @param {string} release.lockVersion of package-lock.json
 * @param {string} release.changelog text of CHANGELOG.md
 * @param {string} [release.tag] the pushed tag; left out in a rehearsal without one
 * @returns {string[]} what is wrong, each with its fix; empty when nothing is
 */
function versionProblems({ version, lockVersion, changelog, tag }) {
	const section = sectionOf(changelog, version);
	const problems = [
		!VERSION.test(version) && `"${version}" in package.json is no version such as 1.2.3.`,
		lockVersion !== version &&
			`package-lock.json says ${lockVersion}, package.json ${version}: run npm install.`,
		tag !== undefined &&
			tag !== version &&
			`The tag is ${tag}, package.json says ${version}: tag the commit that has the version.`,
		section === undefined && `CHANGELOG.md has no section "## ${version}": write it.`,
		section === '' && `The section "## ${version}" of CHANGELOG.md is empty: say what changed.`,
	];
	return problems.filter((problem) => problem !== false);
}

module.exports = { versionProblems };
