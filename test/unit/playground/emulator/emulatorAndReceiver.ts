import { startEmulator, type Emulator } from '../../../../playground/emulator';
import { startReceiver, type Receiver } from './receiver';

export interface EmulatorAndReceiver {
	emulator: Emulator;
	receiver: Receiver;
}

interface Options {
	switches?: NonNullable<Parameters<typeof startEmulator>[0]>['switches'];
	/** What the receiver answers to the callback of this index; 200 when left out. */
	answer?: Parameters<typeof startReceiver>[0];
}

/**
 * Starts an emulator and a receiver of its callbacks for all tests of a file; after each test both forget what
 * happened.
 *
 * @param onStarted gets both before the first test
 */
export function useEmulatorAndReceiver(
	onStarted: (started: EmulatorAndReceiver) => void,
	{ switches, answer }: Options = {},
) {
	let emulator: Emulator;
	let receiver: Receiver;
	beforeAll(async () => {
		emulator = await startEmulator({ switches });
		receiver = await startReceiver(answer);
		onStarted({ emulator, receiver });
	});
	afterEach(() => {
		emulator.reset();
		receiver.received.length = 0;
	});
	afterAll(async () => {
		await emulator.close();
		await receiver.close();
	});
}

/** Bodies of the callbacks that have arrived. */
export function bodiesOf({ received }: Receiver) {
	return received.map(({ rawBody }) => JSON.parse(rawBody.toString()));
}
