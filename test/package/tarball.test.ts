import { PackageDirectoryLoader } from 'n8n-core';
import type { ICredentialType, INodeType } from 'n8n-workflow';

import { operations } from '../../nodes/FetchHive/actions/resources';
import { expectedFiles, fileProblems } from '../../release/expectedFiles';
import { frozenCredential, frozenNode } from './contract';
import frozenContract from './frozenContract.json';
import { packAndUnpack, ROOT, scan } from './packed';

const ALLOWED_CATEGORIES = [
	'Analytics',
	'Communication',
	'Data & Storage',
	'Development',
	'Finance & Accounting',
	'Marketing & Content',
	'Miscellaneous',
	'Productivity',
	'Sales',
	'Utility',
];
const NODE_NAMES = ['fetchHive', 'fetchHiveTrigger'];
const CREDENTIAL_NAMES = ['fetchHiveApi', 'fetchHiveSigningSecretApi'];

describe('the packed tarball', () => {
	let packed: ReturnType<typeof packAndUnpack>;
	let loader: PackageDirectoryLoader;

	beforeAll(async () => {
		packed = packAndUnpack();
		loader = new PackageDirectoryLoader(packed.directory);
		await loader.loadAll();
	}, 60_000);

	afterAll(() => packed.remove());

	const nodeOf = (name: string) => loader.nodeTypes[name].type as INodeType;
	const credentialOf = (name: string): ICredentialType => loader.credentialTypes[name].type;

	it('holds what the sources become, the texts and nothing else', () => {
		expect(fileProblems(packed.files, expectedFiles(ROOT))).toEqual([]);
	});

	it('gives n8n exactly the two nodes and the two credential types', () => {
		expect(Object.keys(loader.nodeTypes).sort()).toEqual(NODE_NAMES);
		expect(Object.keys(loader.credentialTypes).sort()).toEqual(CREDENTIAL_NAMES);
	});

	it('keeps every name that saved workflows rely on', () => {
		const built = {
			nodes: NODE_NAMES.map((name) => frozenNode(nodeOf(name).description)),
			credentials: CREDENTIAL_NAMES.map((name) => frozenCredential(credentialOf(name))),
		};
		expect(JSON.parse(JSON.stringify(built))).toEqual(frozenContract);
	});

	it.each([
		['fetchHive', 'dist/nodes/FetchHive/FetchHive.node.json'],
		['fetchHiveTrigger', 'dist/nodes/FetchHiveTrigger/FetchHiveTrigger.node.json'],
	])('gives %s a codex that n8n reads', (name, file) => {
		expect(JSON.parse(packed.read(file))).toMatchObject({ node: `n8n-nodes-fetchhive.${name}` });
		const { codex } = nodeOf(name).description;
		expect(codex?.categories?.length).toBeGreaterThan(0);
		expect(ALLOWED_CATEGORIES).toEqual(expect.arrayContaining(codex?.categories ?? []));
		expect(codex?.alias?.length).toBeGreaterThan(0);
		expect(codex?.resources?.primaryDocumentation?.length).toBe(1);
	});

	it('gives n8n an output schema for every operation and for the trigger, and no other', () => {
		const versionOf = (name: string) => `v${String(nodeOf(name).description.version)}.0.0`;
		const ofOperations = Object.entries(operations).flatMap(([resource, all]) =>
			Object.keys(all).map((operation) => `${versionOf('fetchHive')}/${resource}/${operation}`),
		);
		const wanted = [
			...ofOperations.map((place) => `dist/nodes/FetchHive/__schema__/${place}.json`),
			`dist/nodes/FetchHiveTrigger/__schema__/${versionOf('fetchHiveTrigger')}/output.json`,
		];
		expect(packed.files.filter((file) => file.includes('__schema__'))).toEqual(wanted.sort());
	});

	it.each(NODE_NAMES)('gives %s a light and a dark icon that are in the package', (name) => {
		const { iconUrl } = nodeOf(name).description;
		expect(iconUrl).toEqual({
			light: expect.stringMatching(/dist\/icons\/fetchHive\.svg$/),
			dark: expect.stringMatching(/dist\/icons\/fetchHive\.dark\.svg$/),
		});
		expect(packed.files).toEqual(
			expect.arrayContaining(['dist/icons/fetchHive.svg', 'dist/icons/fetchHive.dark.svg']),
		);
	});

	it('requires no module but n8n-workflow and crypto', () => {
		const required = packed.files
			.filter((file) => file.endsWith('.js'))
			.flatMap((file) => [...packed.read(file).matchAll(/require\(["']([^."'][^"']*)["']\)/g)])
			.map(([, module]) => module);
		expect([...new Set(required)].sort()).toEqual(['crypto', 'n8n-workflow']);
	});

	it('passes the lint leg that n8n runs over the tarball', () => {
		expect(scan('tarball', packed.directory)).toEqual({ passed: true });
	}, 60_000);

	it('passes the lint leg that n8n runs over the source', () => {
		expect(scan('source', ROOT)).toEqual({ passed: true });
	}, 60_000);
});
