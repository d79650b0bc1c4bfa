import type { Member } from '../../playground/queue/member';
import { Suite, useSuite } from '../e2e/rest/suite';
import type { Waiting } from '../e2e/rest/waiting';
import { startWaiting, statusOf } from '../e2e/rest/waiting';
import type { TestCluster } from './testCluster';
import { startTestCluster } from './testCluster';

/** A worker that is gone is noticed within seconds, not after a minute. */
const QUICK_TO_NOTICE = {
	QUEUE_WORKER_LOCK_DURATION: '4000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
	QUEUE_WORKER_STALLED_INTERVAL: '1000',
};

const ONE_MINUTE = { waitAmount: 1, waitUnit: 'minutes' };
const MINUTE_MS = 60_000;
/** To kill the main process in. */
const MARGIN_MS = 5_000;

/** An execution that sleeps for one minute at most; due: when, as milliseconds. */
type LimitedWait = Waiting & { due: number };

/** n8n in several processes, the emulator and the helpers that the tests share. */
export class QueueSuite extends Suite<TestCluster> {
	private limited: LimitedWait | undefined;

	constructor(name: string) {
		super(name, startTestCluster);
	}

	get cluster() {
		return this.n8n.cluster;
	}

	/** The workers that have run this execution, one for each time. */
	async workersOf(executionId: string): Promise<Member[]> {
		const started = `Worker started execution ${executionId} (`;
		const lists = this.cluster.workers.map(async (worker) => {
			const times = (await worker.log()).split(started).length - 1;
			return Array.from({ length: times }, () => worker);
		});
		return (await Promise.all(lists)).flat();
	}

	/** Lets an execution sleep for a minute at most, while other tests go on. */
	async startLimited(): Promise<LimitedWait> {
		const waiting = await startWaiting(this, ONE_MINUTE);
		return (this.limited = { ...waiting, due: Date.now() + MINUTE_MS });
	}

	/** The one that was started, or a new one where its time is up already. */
	async limitedWait(): Promise<LimitedWait> {
		const { limited } = this;
		const isEarly = limited !== undefined && limited.due > Date.now() + MARGIN_MS;
		const sleeps = isEarly && (await statusOf(this, limited.executionId)) === 'waiting';
		return sleeps ? limited : await this.startLimited();
	}

	/** The address at which one webhook processor takes what the proxy would have handed to any. */
	at(processor: number, url: string): string {
		return url.replace(this.n8n.webhookUrl, this.cluster.processors[processor].url);
	}

	/** Delivers a run's callback to one webhook processor. */
	async deliverTo(processor: number, requestId: string, url: string) {
		return await this.emulator.deliver(requestId, { url: this.at(processor, url) });
	}
}

export function startQueueSuite(name: string): QueueSuite {
	return useSuite(new QueueSuite(name), () => QUICK_TO_NOTICE);
}
