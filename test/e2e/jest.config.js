const shared = require('../../jest.config');

/** @type {import('jest').Config} */
module.exports = {
	...shared,
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testPathIgnorePatterns: [],
	setupFiles: [],
	globalSetup: '<rootDir>/test/e2e/harness/globalSetup.js',
	globalTeardown: '<rootDir>/test/e2e/harness/globalTeardown.js',
	// One n8n at a time: several would slow each other down past their time-outs.
	maxWorkers: 1,
	testTimeout: 60_000,
	// A suite that fails half-way leaves servers behind, and nobody waits for those.
	forceExit: true,
};
