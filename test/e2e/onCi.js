const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

/** The end-to-end tests take minutes and install a browser: as a part of `npm test` they run on CI only. */
if (process.env.CI) {
	const { status } = spawnSync(process.execPath, [join(__dirname, 'run.js')], { stdio: 'inherit' });
	process.exitCode = status ?? 1;
} else {
	console.log('The end-to-end tests run on CI. To run them here: npm run test:e2e');
}
