// An own process: the scanner is an ES module, which Jest's module system does not load.
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const PATTERNS = { source: SOURCE_FILE_PATTERNS, tarball: ['**/*.js', 'package.json'] };

const [leg, directory] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await analyzePackage(directory, PATTERNS[leg])));
