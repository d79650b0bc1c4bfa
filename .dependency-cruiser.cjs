/** The folders of nodes/ from the lowest floor up: what is on one may use what is below it, and itself. */
const FLOORS = [
	'nodes/shared/values/',
	'nodes/shared/api/',
	'nodes/shared/assets/',
	'nodes/shared/callback/',
	'nodes/FetchHive/parameters/',
	'nodes/FetchHive/call/',
	'nodes/FetchHive/streaming/',
	'nodes/FetchHive/wait/',
	'nodes/FetchHive/batch/',
	'nodes/FetchHive/actions/',
];

const noneAbove = FLOORS.slice(0, -1).map((floor, level) => ({
	name: `no-import-from-above-${floor.split('/').at(-2)}`,
	comment: 'nodes/ has one direction of imports: FLOORS in .dependency-cruiser.cjs lists it.',
	severity: 'error',
	from: { path: `^${floor}` },
	to: { path: FLOORS.slice(level + 1).map((above) => `^${above}`) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		...noneAbove,
		{
			name: 'no-room-without-a-floor',
			comment: 'A new folder of nodes/shared/ or nodes/FetchHive/ gets its place in FLOORS.',
			severity: 'error',
			from: {
				path: '^(nodes/shared/|nodes/FetchHive/[^/]+/)',
				pathNot: FLOORS.map((floor) => `^${floor}`),
			},
			to: {},
		},
		{
			name: 'files-and-callbacks-apart',
			comment: 'Neighbours on one floor: a download knows no callback, and a callback no download.',
			severity: 'error',
			from: { path: '^nodes/shared/(assets|callback)/' },
			to: { path: '^nodes/shared/(assets|callback)/', pathNot: '^nodes/shared/$1/' },
		},
		{
			name: 'nodes-apart',
			comment: 'A node and its neighbour meet in nodes/shared/ only.',
			severity: 'error',
			from: { path: '^nodes/(FetchHive|FetchHiveTrigger)/' },
			to: { path: '^nodes/(FetchHive|FetchHiveTrigger)/', pathNot: '^nodes/$1/' },
		},
		{
			name: 'shared-knows-no-node',
			severity: 'error',
			from: { path: '^nodes/shared/' },
			to: { path: '^nodes/(FetchHive|FetchHiveTrigger)/' },
		},
		{
			name: 'operations-apart',
			comment: 'An operation knows no other one: what two share is a file of its own.',
			severity: 'error',
			from: { path: String.raw`\.operation\.ts$` },
			to: { path: String.raw`\.operation\.ts$` },
		},
		{
			name: 'no-circular',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'only-what-n8n-allows',
			comment: 'The package has no runtime dependency: n8n-workflow comes with n8n.',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: {
				pathNot: ['^(nodes|credentials)/', '(^|/)node_modules/n8n-workflow/', '^crypto$'],
				dependencyTypesNot: ['type-only', 'type-import'],
			},
		},
		{
			name: 'pure-below-the-api',
			comment: 'The lowest rooms do without Node and without n8n, but for its types.',
			severity: 'error',
			from: { path: '^nodes/shared/values/' },
			to: { path: 'n8n-workflow', dependencyTypesNot: ['type-only'] },
		},
	],
	options: {
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
		doNotFollow: { path: 'node_modules' },
	},
};
