import { expectedFiles, fileProblems } from '../../release/expectedFiles';
import { versionProblems } from '../../release/version';
import { ROOT } from './packed';

describe('the version of a release', () => {
	const changelog = '# Changelog\n\n## 1.2.3\n\n- New.\n\n## 1.2.2\n\n## 1.2.1\n\n- Old.\n';
	const release = { version: '1.2.3', lockVersion: '1.2.3', changelog, tag: '1.2.3' };

	it('is fine when the tag, both package files and the changelog agree', () => {
		expect(versionProblems(release)).toEqual([]);
		expect(versionProblems({ ...release, tag: undefined })).toEqual([]);
	});

	it.each([
		['another tag', { tag: '1.2.4' }, 'The tag is 1.2.4, package.json says 1.2.3'],
		['a tag with a v', { tag: 'v1.2.3' }, 'The tag is v1.2.3, package.json says 1.2.3'],
		['an empty tag', { tag: '' }, 'The tag is , package.json says 1.2.3'],
		['another version in the lock file', { lockVersion: '1.2.2' }, 'package-lock.json says 1.2.2'],
		['no section', { changelog: '## 1.2.30\n\n- New.\n' }, 'has no section "## 1.2.3"'],
		[
			'an empty section',
			{ version: '1.2.2', lockVersion: '1.2.2', tag: '1.2.2' },
			'The section "## 1.2.2" of CHANGELOG.md is empty',
		],
		[
			'no version at all',
			{ version: 'next', lockVersion: 'next', tag: 'next', changelog: '## next\n\n- New.\n' },
			'"next" in package.json is no version',
		],
	])('is refused with %s', (_what, change, problem) => {
		expect(versionProblems({ ...release, ...change })).toEqual([expect.stringContaining(problem)]);
	});
});

describe('the files of a release', () => {
	const expected = expectedFiles(ROOT);

	it('are worked out from the sources', () => {
		expect(expected).toEqual(
			expect.arrayContaining([
				'dist/credentials/FetchHiveApi.credentials.js',
				'dist/icons/fetchHive.svg',
				'dist/nodes/FetchHive/FetchHive.node.js',
				'dist/nodes/FetchHive/FetchHive.node.json',
				'index.js',
				'package.json',
			]),
		);
	});

	it.each([
		'dist/nodes/FetchHive/Removed.operation.js',
		'dist/nodes/FetchHive/FetchHive.node.js.map',
		'dist/package.json',
		'dist/tsconfig.tsbuildinfo',
		'test/setup.js',
		'.env',
	])('are refused with %s', (file) => {
		expect(fileProblems([...expected, file], expected)).toEqual([
			`${file} should not be in the tarball: it comes from no source file.`,
		]);
	});

	it('are refused when one is missing', () => {
		expect(fileProblems(expected.slice(1), expected)).toEqual([
			`${expected[0]} is missing from the tarball.`,
		]);
	});
});
