const { dirname, join } = require('node:path');
const { pinnedVersions } = require('../../../playground/n8n/versions');

/** Logs and screenshots; git does not keep them. Other suites than the end-to-end tests have a folder of their own. */
const ARTIFACTS = process.env.E2E_ARTIFACTS ?? join(dirname(__dirname), 'artifacts');

/** Of every n8n that the tests start. */
const ENCRYPTION_KEY = 'for-tests';

const VARIABLE = 'E2E_SETTING';

/**
 * @typedef {object} Setting what the global set-up leaves for the suites
 * @property {string} folder holds everything that is removed at the end
 * @property {string} template a user folder with the package in it
 * @property {import('../../../playground/n8n/install').InstalledN8n} n8n
 * @property {string} sharedN8ns where the suites ask for an n8n that they share
 */

/** @param {Setting} setting */
function publish(setting) {
	// Test files run apart from the set-up: only the environment reaches them.
	process.env[VARIABLE] = JSON.stringify(setting);
}

/** @returns {Setting} */
function setting() {
	return JSON.parse(process.env[VARIABLE] ?? '{}');
}

/** Whether another n8n than the newest runs: some tests expect less of it, and say what. */
function isOlderN8n() {
	const [newest] = pinnedVersions();
	return setting().n8n.version !== newest.version;
}

/** Whether n8n 1 runs. */
function isN8n1() {
	return setting().n8n.version.startsWith('1.');
}

module.exports = { ARTIFACTS, ENCRYPTION_KEY, isN8n1, isOlderN8n, publish, setting };
