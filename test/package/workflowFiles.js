const { readdirSync } = require('node:fs');
const { join } = require('node:path');

/** @returns {string[]} names of the files that GitHub Actions reads */
function workflowFiles() {
	return readdirSync(join(__dirname, '..', '..', '.github', 'workflows')).sort();
}

module.exports = { workflowFiles };
