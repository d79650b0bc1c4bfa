const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** @returns {{ path: string, read: (name: string) => string, write: (name: string, text: string) => string, remove: () => void }} write returns the file's path */
function temporaryFolder() {
	const path = mkdtempSync(join(tmpdir(), 'n8n-nodes-fetchhive-test-'));
	return {
		path,
		read: (name) => readFileSync(join(path, name), 'utf8'),
		write: (name, text) => {
			writeFileSync(join(path, name), text);
			return join(path, name);
		},
		remove: () => rmSync(path, { recursive: true, force: true }),
	};
}

module.exports = { temporaryFolder };
