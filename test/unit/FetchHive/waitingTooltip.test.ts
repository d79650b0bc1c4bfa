import { FetchHive } from '../../../nodes/FetchHive/FetchHive.node';
import { subtitleOnCanvas } from '../canvas';

const { description } = new FetchHive();
const asSubtitle = { ...description, subtitle: description.waitingNodeTooltip };

it.each([
	[24, 'hours', '24 hours'],
	[1, 'hours', '1 hour'],
	['1', 'days', '1 day'],
	[1.5, 'minutes', '1.5 minutes'],
])('says of a wait of %p %s that it lasts at most %s', (waitAmount, waitUnit, words) => {
	const operation = { resource: 'workflow', operation: 'invokeAndWait' };
	expect(subtitleOnCanvas(asSubtitle, { ...operation, waitAmount, waitUnit })).toBe(
		`Sleeping until Fetch Hive calls back with the result, at most ${words}`,
	);
});
