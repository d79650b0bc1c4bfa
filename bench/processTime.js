const { readFileSync } = require('node:fs');

const TICKS_PER_SECOND = 100;
/** Where utime and stime stand behind the process's name, which may hold spaces: see proc(5). */
const [USER, SYSTEM] = [11, 12];

/**
 * The processor time that a process has used. Unlike the time that passes, it is hardly longer on a busy machine.
 *
 * @param {number} pid
 * @returns {number} milliseconds, in steps of ten; NaN where the system is not Linux
 */
function processTime(pid) {
	if (process.platform !== 'linux') return Number.NaN;
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return ((Number(fields[USER]) + Number(fields[SYSTEM])) * 1000) / TICKS_PER_SECOND;
}

module.exports = { processTime };
