const { whatItDoes } = require('./deploymentList');
const { deploymentOf, faults } = require('./faults');

/** @typedef {import('./index').Emulator} Emulator */

/** @param {import('./index').ListedDeployment} deployment */
function deploymentLines(deployment) {
	const { kind, name, variant, secret } = deployment;
	return [
		`  ${kind} ${name}${variant ? ` / ${variant}` : ''}`,
		`    ${whatItDoes(deployment)}`,
		`    signing secret: ${secret}`,
	];
}

/**
 * @param {Emulator} emulator
 * @param {string} path
 * @param {object} body
 */
const curl = ({ apiKey, baseUrl }, path, body) =>
	[
		`  curl '${baseUrl}${path}' \\`,
		`    -H 'Authorization: Bearer ${apiKey}' \\`,
		"    -H 'Content-Type: application/json' \\",
		`    --data-raw '${JSON.stringify(body)}'`,
	].join('\n');

/** @param {Emulator} emulator */
function examples(emulator) {
	const workflow = {
		deployment: 'summarise-topic',
		variant: 'production',
		inputs: { topic: 'State of enterprise AI in 2026' },
	};
	const callbackDelivery = {
		...workflow,
		async: { enabled: true, callback_url: 'http://localhost:5678/webhook/fetch-hive' },
	};
	return [
		'Direct:',
		curl(emulator, '/workflow/invoke', workflow),
		'Callback delivery:',
		curl(emulator, '/workflow/invoke', callbackDelivery),
		'Change how it behaves (see switches.js):',
		`  curl -X PATCH '${emulator.url}/_emulator/switches' --data-raw '{"callbackRetries":2}'`,
	];
}

/** @param {[string, import('./faults').Fault]} entry */
const faultLine = ([name, { description }]) => `  ${deploymentOf(name)}: ${description}`;

/**
 * @param {Emulator} emulator a running one
 * @returns {string} what a person needs to use it
 */
function banner(emulator) {
	return [
		'Fetch Hive emulator: nothing here reaches the real service',
		`Base URL: ${emulator.baseUrl}`,
		`API key:  ${emulator.apiKey}`,
		`Control:  ${emulator.url}/_emulator`,
		'',
		'Deployments:',
		...emulator.deployments.flatMap(deploymentLines),
		'',
		`Faults, as the name of any deployment or agent, or as the switch "fault":`,
		...Object.entries(faults).map(faultLine),
		'',
		...examples(emulator),
	].join('\n');
}

module.exports = { banner };
