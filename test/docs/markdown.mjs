// An own process: the parser is an ES module, which Jest's module system does not load.
import { readFileSync } from 'node:fs';
import GithubSlugger from 'github-slugger';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';

/** What of a Markdown file leads somewhere (links and pictures), and what of it can be led to (its headings). */
function placesIn(file) {
	const tree = fromMarkdown(readFileSync(file, 'utf8'));
	const slugger = new GithubSlugger();
	const addresses = [];
	const anchors = [];
	visit(tree, (node) => {
		if (node.url !== undefined) addresses.push(node.url);
		if (node.type === 'heading') anchors.push(slugger.slug(toString(node)));
	});
	return { file, addresses, anchors };
}

process.stdout.write(JSON.stringify(process.argv.slice(2).map(placesIn)));
