import { AdaptiveLimit } from '../../../../nodes/FetchHive/batch/adaptiveLimit';
import type { Place } from '../../../../nodes/FetchHive/batch/calls';

const MAXIMUM = 9;

/** A limit, and the places it has given out, oldest first. */
function limitWith({ left = 1000 } = {}) {
	const surroundings = { nowMs: 0, left: () => left, now: () => surroundings.nowMs };
	const limit = new AdaptiveLimit(MAXIMUM, surroundings);
	const places: Place[] = [];
	const fill = () => {
		while (limit.hasRoom) places.push(limit.take());
	};
	const end = (count: number) => {
		for (const place of places.splice(0, count)) limit.freeLetIn(place);
		fill();
	};
	/** Lets rounds of calls end, one after the other, until so many are in flight. */
	const climbTo = (level: number) => {
		fill();
		while (places.length < level) end(places.length);
	};
	const refuse = (place: Place) => {
		places.splice(places.indexOf(place), 1);
		return limit.refuse(place);
	};
	return { limit, surroundings, places, fill, end, climbTo, refuse };
}

it('gives out one place at first', () => {
	const { fill, limit, places } = limitWith();
	fill();
	expect(places).toHaveLength(1);
	expect(limit.worked).toBe(0);
});

it('never gives out more than the maximum', () => {
	const { climbTo, end, places } = limitWith();
	climbTo(MAXIMUM);
	for (let round = 0; round < 5; round++) end(places.length);
	expect(places).toHaveLength(MAXIMUM);
});

it('tries one more at most, however many calls end at once', () => {
	const { climbTo, end, places } = limitWith();
	climbTo(4);
	end(4);
	expect(places).toHaveLength(5);
});

it('does not take an old call that ends for a proof of the newest level', () => {
	const { climbTo, end, places } = limitWith();
	climbTo(2);
	end(1);
	expect(places.map(({ level }) => level)).toEqual([2, 3, 3]);
	end(1);
	expect(places).toHaveLength(3);
});

it('takes it for one when nothing was refused for two seconds', () => {
	const { climbTo, end, places, surroundings } = limitWith();
	climbTo(2);
	end(1);
	surroundings.nowMs += 2000;
	end(1);
	expect(places).toHaveLength(4);
});

it('settles at the level below a refused one, and keeps to it', () => {
	const { climbTo, end, limit, places, refuse } = limitWith({ left: 10 });
	climbTo(4);
	expect(refuse(places[3])).toBe(true);
	for (let round = 0; round < 5; round++) end(places.length);
	expect(places).toHaveLength(3);
	expect(limit.worked).toBe(3);
});

it('settles, too, when it is not the newest call that is refused', () => {
	const { climbTo, end, places, refuse } = limitWith({ left: 10 });
	climbTo(4);
	refuse(places[2]);
	end(places.length);
	expect(places).toHaveLength(3);
});

it('starts over once, when all calls that were on their way are refused together', () => {
	const { climbTo, end, fill, limit, places, refuse } = limitWith();
	climbTo(MAXIMUM);
	end(places.length);
	const [first, second, third] = places;
	for (const place of [first, second, third]) expect(refuse(place)).toBe(true);
	fill();
	expect(limit.worked).toBe(0);
	expect(places).toHaveLength(MAXIMUM - 3);
	// What was let in before must end first.
	end(MAXIMUM - 4);
	expect(places).toHaveLength(1);
	end(1);
	// Then it climbs as at the start, to below what was refused.
	for (let round = 0; round < 20; round++) end(places.length);
	expect(limit.worked).toBe(MAXIMUM - 1);
});

it('takes no call from before a fall for a proof, however long that has run', () => {
	const { climbTo, end, limit, places, refuse, surroundings } = limitWith();
	climbTo(MAXIMUM);
	end(MAXIMUM);
	refuse(places[0]);
	surroundings.nowMs += 60_000;
	end(MAXIMUM - 2);
	expect(limit.worked).toBe(0);
	expect(limit.hasRoom).toBe(false);
	end(1);
	expect(places).toHaveLength(1);
});

it('takes a refusal that comes late for one of the level that its call was sent at', () => {
	const { climbTo, end, fill, limit, places, refuse } = limitWith({ left: 10 });
	climbTo(2);
	const [, slow] = places;
	end(1);
	fill();
	expect(places).toHaveLength(3);
	refuse(slow);
	expect(limit.worked).toBe(1);
});

it('keeps the place of a call that is refused while it is the only one', () => {
	const { fill, limit, places, refuse } = limitWith();
	fill();
	const [only] = places;
	expect(refuse(only)).toBe(false);
	expect(limit.hasRoom).toBe(false);
	limit.freeLetIn(only);
	fill();
	expect(places).toHaveLength(2);
});

it('does not take a call for the only one whose refusal comes after the others have ended', () => {
	const { climbTo, limit, places, refuse } = limitWith();
	climbTo(2);
	const [other, late] = places;
	limit.free(other);
	expect(refuse(late)).toBe(true);
	expect(limit.worked).toBe(1);
	expect(limit.hasRoom).toBe(true);
});

it.each([
	['a failure that says nothing about the limit', 'free'],
	['a run that was let in', 'freeLetIn'],
] as const)('gives the place of %s to the next call', (_what, way) => {
	const { fill, limit, places } = limitWith();
	fill();
	limit[way](places[0]);
	expect(limit.hasRoom).toBe(true);
});

describe('calls that run for long', () => {
	/** Lets two seconds pass, in which nothing is answered. */
	const silence = ({ fill, limit, surroundings }: ReturnType<typeof limitWith>) => {
		surroundings.nowMs += Number(limit.provenInMs);
		limit.look();
		fill();
	};

	it('prove their level by two seconds without an answer, one level at a time', () => {
		const all = limitWith();
		all.fill();
		for (let level = 1; level < MAXIMUM; level++) {
			expect(all.limit.provenInMs).toBe(2000);
			silence(all);
			expect(all.limit.worked).toBe(level);
			expect(all.places).toHaveLength(level + 1);
		}
		expect(all.limit.provenInMs).toBeUndefined();
	});

	it('prove nothing before', () => {
		const { fill, limit, places, surroundings } = limitWith();
		fill();
		surroundings.nowMs += 1999;
		limit.look();
		fill();
		expect(limit.provenInMs).toBe(1);
		expect(places).toHaveLength(1);
	});

	it('prove nothing as long as the newest of them is on its way', () => {
		const all = limitWith();
		all.fill();
		silence(all);
		all.surroundings.nowMs += 1500;
		all.end(1);
		all.surroundings.nowMs += 1500;
		expect(all.limit.provenInMs).toBe(500);
		all.limit.look();
		expect(all.limit.worked).toBe(1);
	});

	it('lead to no level that was refused', () => {
		const all = limitWith({ left: 10 });
		all.climbTo(4);
		all.refuse(all.places[3]);
		expect(all.limit.provenInMs).toBeUndefined();
	});

	it('prove nothing of the limit that has fallen since', () => {
		const all = limitWith();
		all.climbTo(MAXIMUM);
		all.end(MAXIMUM);
		all.refuse(all.places[0]);
		all.surroundings.nowMs += 60_000;
		expect(all.limit.worked).toBe(0);
		expect(all.limit.provenInMs).toBeUndefined();
		all.end(all.places.length);
		expect(all.limit.provenInMs).toBe(2000);
	});

	it('prove nothing while they wait to be sent again', () => {
		const { fill, limit, places, surroundings } = limitWith();
		fill();
		limit.refuse(places[0]);
		limit.rest(places[0]);
		surroundings.nowMs += 60_000;
		expect(limit.provenInMs).toBeUndefined();
		const again = limit.resume(places[0]);
		expect(limit.provenInMs).toBe(2000);
		surroundings.nowMs += 2000;
		limit.look();
		expect(limit.hasRoom).toBe(true);
		limit.free(again);
	});
});

it('takes a call that is sent again for one of the level of now', () => {
	const { climbTo, end, limit, places } = limitWith();
	climbTo(2);
	const [early] = places.splice(0, 1);
	limit.rest(early);
	while (limit.worked < MAXIMUM) end(places.length);
	expect(limit.refuse(limit.resume(early))).toBe(true);
	// The limit has fallen: what the call was sent at before says nothing of it.
	expect(limit.worked).toBe(0);
});

describe('the look upward', () => {
	const settledAt2 = (left: number) => {
		const all = limitWith({ left });
		all.climbTo(3);
		all.refuse(all.places[2]);
		return all;
	};

	it('comes half-way through what is left, once', () => {
		const { end, places, refuse } = settledAt2(40);
		for (let ended = 1; ended < 20; ended++) {
			end(1);
			expect(places).toHaveLength(2);
		}
		end(1);
		expect(places).toHaveLength(3);
		refuse(places[2]);
		for (let ended = 0; ended < 100; ended++) end(1);
		expect(places).toHaveLength(2);
	});

	it('does not come when few items are left', () => {
		const { end, places } = settledAt2(19);
		for (let ended = 0; ended < 100; ended++) end(1);
		expect(places).toHaveLength(2);
	});

	it('that is let in leads on to the maximum', () => {
		const { end, places } = settledAt2(40);
		for (let ended = 0; ended < 200; ended++) end(1);
		expect(places).toHaveLength(MAXIMUM);
	});
});
