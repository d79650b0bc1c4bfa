import { startEmulator } from '../../../../playground/emulator';
import { startFromCommandLine } from '../../../../playground/emulator/cli';
import { operations } from '../../../../playground/emulator/contract';
import { deployments } from '../../../../playground/emulator/deployments';
import { definitions } from '../../../../playground/emulator/switches';
import { temporaryFolder } from '../temporaryFolder';
import { runCommandLine, runToItsEnd } from './processes';

function listener() {
	const said: string[] = [];
	const errors: string[] = [];
	return {
		said,
		errors,
		output: { log: (text: string) => said.push(text), error: (text: string) => errors.push(text) },
	};
}

it('says where it listens, what it has and how to call it', async () => {
	const { output, said } = listener();

	const emulator = await startFromCommandLine(['--port', '0'], output);

	expect(said).toHaveLength(1);
	expect(said[0]).toContain(`Base URL: ${emulator?.baseUrl}`);
	expect(said[0]).toContain(`API key:  ${emulator?.apiKey}`);
	expect(said[0]).toContain(`curl '${emulator?.baseUrl}/workflow/invoke'`);
	for (const { name, secret } of emulator?.deployments ?? []) {
		expect(said[0]).toContain(name);
		expect(said[0]).toContain(secret);
	}
	await emulator?.close();
});

it('says with -h what it can do, and starts nothing', async () => {
	const { errors, output, said } = listener();

	expect(await startFromCommandLine(['-h'], output)).toBeUndefined();

	expect(errors).toEqual([]);
	expect(said).toHaveLength(1);
	expect(said[0]).toContain('npm run emulator -- [--port N] [--switches FILE]');
	for (const { method, path } of operations.values()) {
		const route = new RegExp(`^ +${method.toUpperCase()} +(\\S+) +\\w`, 'gm');
		expect([...said[0].matchAll(route)].map(([, shown]) => shown)).toContain(`/v1${path}`);
	}
	for (const name of Object.keys(definitions)) {
		expect(said[0]).toMatch(new RegExp(`^ +${name} +.+; takes .+`, 'm'));
	}
	for (const { name, secret } of deployments) {
		expect(said[0]).toContain(`  ${name} `);
		expect(said[0]).not.toContain(secret);
	}
	expect(said[0]).toContain('/_emulator/reset');
});

it.each([
	['--help', 0, /^Usage: npm run emulator/m],
	['--prot', 1, /Unknown option '--prot'/],
] as const)('ends with %s by itself, with exit code %i', async (option, exitCode, text) => {
	const ended = await runToItsEnd(option);

	expect(ended.exitCode).toBe(exitCode);
	expect(ended.output).toMatch(text);
});

describe('the command line', () => {
	const folder = temporaryFolder();
	afterAll(folder.remove);
	const start = async (...args: string[]) => {
		const { errors, output } = listener();
		return { errors, emulator: await startFromCommandLine(args, output) };
	};

	it('starts with the switches of a file', async () => {
		const file = folder.write('good.json', '{"callbackRetries":2,"concurrencyLimit":null}');
		const { emulator } = await start('--port', '0', '--switches', file);
		expect(emulator?.switches).toMatchObject({ callbackRetries: 2, concurrencyLimit: Infinity });
		await emulator?.close();
	});

	it('says so when the port is taken', async () => {
		const other = await startEmulator();
		const { port } = new URL(other.url);
		expect(await start('--port', port)).toEqual({
			errors: [`Port ${port} is already in use: stop what listens there, or pass another --port`],
		});
		await other.close();
	});

	it.each([
		[['--port', 'http'], '--port must be a whole number from 0 to 65535, not "http"'],
		[['--port', '70000'], '--port must be a whole number from 0 to 65535, not "70000"'],
		[
			['--port', '0', '--switches', folder.write('bad.json', '{"callbackRetry":2}')],
			'Unknown switch "callbackRetry"',
		],
	])('refuses %j', async (args, message) => {
		expect(await start(...args)).toEqual({ errors: [expect.stringContaining(message)] });
	});
});

it.each(['SIGINT', 'SIGTERM'] as const)('stops on %s', async (signal) => {
	const { exitCode, output } = await runCommandLine(signal);

	expect(output).toMatch(/Base URL: http:\/\/127\.0\.0\.1:\d+\/v1/);
	expect(exitCode).toBe(0);
});
