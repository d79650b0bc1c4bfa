import type { Repeat } from '../../shared/api/retry';
import type { Outcome } from './outcome';

/** What became of a batch. */
export interface BatchReport {
	/** In the order of the items; undefined for what was never sent. */
	outcomes: Array<Outcome | undefined>;
	/** The item after whose failure nothing more was sent. */
	endedBy?: number;
	/** How often a call was refused and went again, by what it waited for. */
	refusals: Record<Repeat['waitsFor'], number>;
	/** How many calls at once are known to work; 0 when none was let in. */
	worked: number;
}
