const { rm } = require('node:fs/promises');
const { setting } = require('./setting');

/** Removes every suite's user folder; their logs are among the artifacts. */
module.exports = async function tearDown() {
	await rm(setting().folder, { recursive: true, force: true });
};
