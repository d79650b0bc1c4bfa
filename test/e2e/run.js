const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const CONFIG = join(__dirname, 'jest.config.js');
const JEST = require.resolve('jest/bin/jest');

const { status } = spawnSync(
	process.execPath,
	[JEST, '--config', CONFIG, '--json', '--outputFile=e2e-report.json', ...process.argv.slice(2)],
	{ stdio: 'inherit' },
);
process.exitCode = status ?? 1;
