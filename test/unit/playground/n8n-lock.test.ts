import { takeLock, waitForLock } from '../../../playground/n8n/lock';
import { openTemporaryFolder } from '../../../playground/userFolder';

describe('a lock between two starts', () => {
	let folder: Awaited<ReturnType<typeof openTemporaryFolder>>;
	let lockFolder: string;

	beforeEach(async () => {
		folder = await openTemporaryFolder({ say: () => {} });
		lockFolder = `${folder.path}/below/lock`;
	});

	afterEach(async () => await folder.close(false));

	async function take() {
		const lock = await takeLock(lockFolder);
		if (!('release' in lock)) throw new Error(`Process ${lock.owner} has the lock`);
		return lock;
	}

	it('names its owner to whoever comes second', async () => {
		await take();
		expect(await takeLock(lockFolder)).toEqual({ owner: expect.any(Number) });
	});

	it('can be taken again once it was given back', async () => {
		const { release } = await take();
		await release();
		await expect(take()).resolves.toBeDefined();
	});

	it('is taken over when its owner died before it left its name', async () => {
		await takeLock(`${lockFolder}/inner`);
		await expect(take()).resolves.toBeDefined();
	});

	it('is handed to the one who waits', async () => {
		const { release } = await take();
		const waiting = waitForLock(lockFolder);
		await release();
		await expect(waiting).resolves.toBeInstanceOf(Function);
	});
});
