const { rm } = require('node:fs/promises');
const { setting } = require('./setting');
const { stopN8ns } = require('./sharedN8ns');

/** Ends the shared n8ns and removes every user folder; the logs are among the artifacts. */
module.exports = async function tearDown() {
	await stopN8ns();
	await rm(setting().folder, { recursive: true, force: true });
};
