const { existsSync, readFileSync } = require('node:fs');

const reports = process.argv.slice(2);
const missing = reports.filter((report) => !existsSync(report));
const counts = reports
	.filter((report) => !missing.includes(report))
	.map((report) => JSON.parse(readFileSync(report, 'utf8')));
const sum = (key) => counts.reduce((total, count) => total + count[key], 0);

for (const report of missing) console.log(`${report} was not written.`);
for (const { notRun } of counts) if (notRun) console.log(notRun);
console.log(`${sum('numPassedTests')} passed, ${sum('numFailedTests')} failed`);
process.exitCode = missing.length > 0 ? 1 : 0;
