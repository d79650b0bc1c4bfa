const { execFileSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { dirname, join, relative, resolve } = require('node:path');

const MARKDOWN = join(__dirname, 'markdown.mjs');

/**
 * @typedef {object} Places
 * @property {string} file
 * @property {string[]} addresses where its links and pictures lead
 * @property {string[]} anchors of its headings, as GitHub writes them
 */

/**
 * @param {string[]} files Markdown files
 * @returns {Map<string, Places>} by file
 */
function placesIn(files) {
	const json = execFileSync(process.execPath, [MARKDOWN, ...files], { encoding: 'utf8' });
	/** @type {Places[]} */
	const places = JSON.parse(json);
	return new Map(places.map((place) => [place.file, place]));
}

/** @param {string} address of another site, which is not asked */
function isElsewhere(address) {
	return /^(?:https:\/\/|mailto:)/.test(address);
}

/**
 * @param {string[]} files Markdown files of one project
 * @returns {string[]} `page: address` of each link and picture that leads to nothing in the project
 */
function brokenLinks(files) {
	const places = placesIn(files);
	return [...places.values()].flatMap(({ file, addresses }) =>
		addresses
			.filter((address) => !isElsewhere(address) && !leadsSomewhere(places, file, address))
			.map((address) => `${relative(process.cwd(), file)}: ${address}`),
	);
}

/**
 * @param {Map<string, Places>} places
 * @param {string} file where the address stands
 * @param {string} address
 */
function leadsSomewhere(places, file, address) {
	const [path, anchor] = address.split('#');
	const target = path === '' ? file : resolve(dirname(file), decodeURI(path));
	if (!existsSync(target)) return false;
	return anchor === undefined || places.get(target)?.anchors.includes(anchor) === true;
}

/**
 * @param {string} start a Markdown file
 * @param {string[]} others Markdown files that may be linked
 * @returns {Set<string>} the first file and those that links lead to from it, over any number of pages
 */
function pagesReachedFrom(start, others) {
	const places = placesIn([start, ...others]);
	/** @type {Set<string>} */
	const reached = new Set();
	/** @param {string} file */
	const visit = (file) => {
		if (reached.has(file)) return;
		reached.add(file);
		const linked = places.get(file)?.addresses ?? [];
		linked
			.map((address) => resolve(dirname(file), address.split('#')[0]))
			.filter((target) => places.has(target))
			.forEach(visit);
	};
	visit(start);
	return reached;
}

module.exports = { brokenLinks, pagesReachedFrom };
