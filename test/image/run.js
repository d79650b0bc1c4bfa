const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { mkdir, mkdtemp, rm, writeFile } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { text } = require('node:stream/consumers');
const { parseArgs } = require('node:util');

const { startEmulator } = require('../../playground/emulator');
const { quietEnvironment } = require('../../playground/n8n/environment');
const {
	EXAMPLE_DEPLOYMENT,
	prepareExample,
	readExample,
} = require('../../playground/n8n/examples');
const { installN8n } = require('../../playground/n8n/install');
const { installPackage, packPackage } = require('../../playground/n8n/package');
const { choosePinned } = require('../../playground/n8n/versions');
const { freePort } = require('../../playground/ports');
const { dockerCommand } = require('./dockerCommand');

const HELP = `Runs an example in n8n's own container image, with the packed package and the emulator.

Usage: npm run test:image [-- --without-docker]

  --without-docker  the same check with the n8n of the end-to-end tests, for a machine without Docker
  --help            show this text
`;

const WORKFLOW_ID = 'imageCheck000001';
const CREDENTIAL = { id: 'imageCheckKey001', name: 'Fetch Hive account' };

/**
 * @typedef {object} Command how n8n is called: its arguments come last
 * @property {string} file
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} env
 */

/** @param {string} userFolder @returns {Promise<Command>} */
async function installedCommand(userFolder) {
	const { node, bin, env } = await installN8n();
	const [port, brokerPort] = [await freePort(), await freePort()];
	const quiet = quietEnvironment({ node, userFolder, port, brokerPort });
	return { file: node, args: [bin], env: { ...quiet, ...env } };
}

/**
 * @param {Command} command
 * @param {string[]} n8nArguments
 * @returns {Promise<string>} what it printed
 * @throws {Error} with what it printed when it fails
 */
async function runN8n({ file, args, env }, n8nArguments) {
	const child = spawn(file, [...args, ...n8nArguments], {
		env,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const [printed, complaints, [code]] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		once(child, 'exit'),
	]);
	if (code !== 0)
		throw new Error(`n8n ${n8nArguments[0]} ended with ${code}:\n${printed}${complaints}`);
	return printed;
}

/**
 * @param {string} userFolder
 * @param {import('../../playground/emulator').Emulator} emulator
 */
async function writeImports(userFolder, { apiKey, baseUrl }) {
	const example = prepareExample(await readExample('workflow-invoke'), {
		credentials: { fetchHiveApi: CREDENTIAL },
		host: baseUrl,
	});
	const imports = join(userFolder, 'imports');
	await mkdir(imports);
	const workflow = { ...example, id: WORKFLOW_ID, active: false };
	const credential = { ...CREDENTIAL, type: 'fetchHiveApi', data: { apiKey, baseUrl } };
	await writeFile(join(imports, 'workflow.json'), JSON.stringify([workflow]));
	await writeFile(join(imports, 'credential.json'), JSON.stringify([credential]));
}

/**
 * @param {Command} command
 * @param {string} userFolder as n8n sees it
 * @param {import('../../playground/emulator').Emulator} emulator
 * @throws {Error} when the example does not bring what the emulator gave
 */
async function check(command, userFolder, emulator) {
	await runN8n(command, ['import:credentials', `--input=${userFolder}/imports/credential.json`]);
	await runN8n(command, ['import:workflow', `--input=${userFolder}/imports/workflow.json`]);
	const printed = await runN8n(command, ['execute', `--id=${WORKFLOW_ID}`, '--rawOutput']);
	const [run] = emulator.runs;
	if (run?.deployment !== EXAMPLE_DEPLOYMENT || !printed.includes(run.requestId)) {
		throw new Error(`The example did not bring the run's output. n8n printed:\n${printed}`);
	}
}

/** @param {boolean} withoutDocker */
async function main(withoutDocker) {
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-fetchhive-image-'));
	const emulator = await startEmulator();
	try {
		const tarball = await packPackage({ into: userFolder, logFile: join(userFolder, 'pack.log') });
		await installPackage({ tarball, userFolder });
		await writeImports(userFolder, emulator);
		const { version } = choosePinned(undefined);
		const docker = dockerCommand(version, userFolder);
		const command = withoutDocker ? await installedCommand(userFolder) : docker;
		await check(command, withoutDocker ? userFolder : docker.userFolder, emulator);
		console.log(`The example ran in ${withoutDocker ? `n8n ${version}` : docker.image}.`);
	} finally {
		await emulator.close();
		await rm(userFolder, { recursive: true, force: true });
	}
}

const { values } = parseArgs({
	options: {
		'without-docker': { type: 'boolean', default: false },
		help: { type: 'boolean', short: 'h' },
	},
});
if (values.help) console.log(HELP);
else main(values['without-docker']);
