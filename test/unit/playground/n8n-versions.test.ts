import { choosePinned, pinnedVersions } from '../../../playground/n8n/versions';

const PINNED = [
	{ version: '2.41.1', folder: '/playground' },
	{ version: '2.8.4', folder: '/playground/versions/2.8.4' },
];

describe('the n8n that is installed', () => {
	it('is the newest when nothing is said', () => {
		expect(choosePinned(undefined, PINNED)).toBe(PINNED[0]);
	});

	it.each(PINNED)('is $version when that is asked for', (pinned) => {
		expect(choosePinned(pinned.version, PINNED)).toBe(pinned);
	});

	it.each(['2.8', '9.9.9', 'latest', ''])(
		'is none for "%s", and the known ones are named',
		(version) => {
			expect(() => choosePinned(version, PINNED)).toThrow(
				`There is no n8n "${version}" here. The known versions: 2.41.1, 2.8.4.`,
			);
		},
	);
});

describe('the versions of this checkout', () => {
	it('are those of the playground, newest first', () => {
		const versions = pinnedVersions().map(({ version }) => version);
		expect(versions.slice(1)).toEqual(['2.8.4', '1.123.81']);
	});
});
