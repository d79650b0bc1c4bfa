const { mkdir, mkdtemp, rm } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { installN8n } = require('../../../playground/n8n/install');
const { installPackage, packPackage } = require('../../../playground/n8n/package');
const { progressOn } = require('../../../playground/progress');
const { ARTIFACTS, publish } = require('./setting');
const { offerN8ns } = require('./sharedN8ns');

/** Builds, packs and installs the package once; every n8n is started from that. */
module.exports = async function setUp() {
	const step = progressOn();
	await rm(ARTIFACTS, { recursive: true, force: true });
	await mkdir(ARTIFACTS, { recursive: true });
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-fetchhive-e2e-'));
	const template = join(folder, 'template');
	const logFile = join(ARTIFACTS, 'build.log');
	await mkdir(template);
	const tarball = await step('Building the package', () => packPackage({ into: folder, logFile }));
	const n8n = await installN8n({ version: process.env.E2E_N8N_VERSION, step });
	await installPackage({ tarball, userFolder: template });
	publish({ folder, template, n8n, sharedN8ns: await offerN8ns() });
};
