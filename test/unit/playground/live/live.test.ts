import { startEmulator, type Emulator } from '../../../../playground/emulator';
import type { Switches } from '../../../../playground/emulator/switches';
import { live } from '../../../../playground/live/cli';
import { freePort } from '../../../../playground/ports';
import { temporaryFolder } from '../temporaryFolder';
import { QUICK, quietOn, TARGETS } from './liveOnEmulator';

let folder: ReturnType<typeof temporaryFolder>;
let emulators: Emulator[] = [];

async function emulatorWith(switches: Partial<Switches>) {
	const emulator = await startEmulator({ switches });
	emulators.push(emulator);
	return emulator;
}

beforeEach(() => {
	folder = temporaryFolder();
});

afterEach(async () => {
	folder.remove();
	await Promise.all(emulators.map((emulator) => emulator.close()));
	emulators = [];
});

async function liveOn(emulator: Emulator, changes: Partial<Parameters<typeof live>[0]> = {}) {
	const { apiKey, baseUrl } = emulator;
	const port = await freePort();
	const settings = { apiKey, baseUrl, targets: TARGETS, publicAddress: `http://127.0.0.1:${port}` };
	return await live(
		{ ...settings, ...changes },
		{ port, out: folder.path, quietOf: () => quietOn(emulator) },
	);
}

/** The machine adds to the times. */
const withoutTimes = (switches: Partial<Switches>) => ({
	...switches,
	callbackRetryDelayMs: undefined,
	callbackTimeoutMs: undefined,
});

it('prints what holds, and what differs from what is expected', async () => {
	const emulator = await emulatorWith({
		...QUICK,
		signatureEncoding: 'base64',
		requestStatusWords: 'prefixed',
	});

	const report = await liveOn(emulator);

	expect(report).toContain('!  signatureEncoding: "base64"; the emulator\'s default is "hex"');
	expect(report).toContain('!  requestStatusWords: "prefixed"');
	expect(report).toContain('=  callbackResultField: "data.output", as expected');
	expect(report).toContain('?  concurrencyLimit: could not be told; see the record');
	expect(report).toContain("dailyLimit: finding it would use up the day's calls");
});

it('names the variable that a probe which was left out needs', async () => {
	const emulator = await emulatorWith(QUICK);
	const { workflow } = TARGETS;

	const report = await liveOn(emulator, { targets: { workflow }, publicAddress: undefined });

	expect(report).toContain('not looked at (streamingDefault): set FETCH_HIVE_LIVE_PROMPT');
	expect(report).toContain(
		'not looked at (callbackErrorField): set FETCH_HIVE_LIVE_FAILING and N8N_WEBHOOK_URL',
	);
});

it('writes a switch file that makes another emulator answer alike', async () => {
	const first = await emulatorWith({
		...QUICK,
		acceptedRunStatus: 'queued',
		callbackRetries: 2,
		callbackEventName: 'hive.{kind}.{status}',
		signaturePrefix: 'sha256=',
	});
	await liveOn(first);
	const switches = JSON.parse(folder.read('switches.json')) as object;

	const second = await emulatorWith({ ...switches, callbackTimeoutMs: 10_000 });
	await liveOn(second);

	expect(second.switches).toMatchObject({
		acceptedRunStatus: 'queued',
		callbackRetries: 2,
		callbackEventName: 'hive.{kind}.{status}',
		signaturePrefix: 'sha256=',
	});
	const again = JSON.parse(folder.read('switches.json')) as object;
	expect(withoutTimes(again)).toEqual(withoutTimes(switches));
});

it('records every call and callback, and no secret', async () => {
	const emulator = await emulatorWith({ ...QUICK, acceptedSecretTwice: true });

	await liveOn(emulator);

	const record = folder.read('record.json');
	const { calls, callbacks } = JSON.parse(record) as Record<string, unknown[]>;
	const sent = emulator.requests.filter(({ path }) => path.startsWith('/v1'));
	expect(calls).toHaveLength(sent.length);
	const own = emulator.callbacks.filter(({ url }) => !url.startsWith('http://127.0.0.1:9/'));
	expect(callbacks).toHaveLength(own.length);
	expect(record).toContain('[masked]');
	expect(record).not.toContain(emulator.apiKey);
	for (const { secret } of emulator.deployments) expect(record).not.toContain(secret);
});
