const { WORKFLOW_IDS } = require('./exampleOrder');

const FIRST_EXAMPLE = WORKFLOW_IDS['workflow-invoke'];

/** @param {import('./emulator').ListedDeployment[]} deployments */
function emulatorLines(deployments) {
	// Only here: the emulator's files are not needed for the real service.
	const { deploymentList } = require('./emulator/deploymentList');
	return [
		'',
		'What you can enter in a Fetch Hive node here, and what the emulator does with it:',
		'',
		...deploymentList(deployments),
	];
}

/**
 * What somebody needs who sees this n8n for the first time; the way in stands last, where it is seen.
 *
 * @param {object} options
 * @param {string} options.url of the editor
 * @param {import('./owner').Owner} options.owner
 * @param {import('./emulator').ListedDeployment[]} [options.deployments] those that the emulator knows
 * @returns {string[]} lines
 */
function guideLines({ url, owner: { email, password }, deployments }) {
	return [
		...(deployments ? emulatorLines(deployments) : []),
		'',
		`The n8n editor is at ${url}`,
		`Log in as ${email} with the password ${password}`,
		`Then open the first example, ${url}/workflow/${FIRST_EXAMPLE}, and press "Execute workflow".`,
		'Stop with Ctrl-C.',
	];
}

module.exports = { guideLines };
