const { existsSync, readFileSync } = require('node:fs');

const [report] = process.argv.slice(2);
if (!existsSync(report)) {
	console.log('No test report was written.');
	process.exit(1);
}
const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
console.log(`${numPassedTests} passed, ${numFailedTests} failed`);
