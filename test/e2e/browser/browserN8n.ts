import type { UsedN8n } from '../harness/testN8n';
import { useSharedN8n } from '../harness/testN8n';

const START_MILLISECONDS = 240_000;

/**
 * The n8n that all tests of the editor share, for those around the call. Each of them begins with an emulator that
 * remembers nothing of the one before.
 *
 * @returns what gives it once the tests have begun
 */
export function useBrowserN8n(): () => UsedN8n {
	let n8n: UsedN8n | undefined;
	beforeAll(async () => {
		n8n = await useSharedN8n({ name: 'browser' });
	}, START_MILLISECONDS);
	afterAll(async () => await n8n?.close());
	beforeEach(() => n8n?.emulator.reset());
	return () => {
		if (n8n === undefined) throw new Error('The tests have not begun yet');
		return n8n;
	};
}
