import { pinnedVersions } from '../../../playground/n8n/versions';

it('has the versions of n8n that are tested, newest first', () => {
	const versions = pinnedVersions().map(({ version }) => version);
	expect(versions.slice(1)).toEqual(['2.8.4', '1.123.81']);
});
