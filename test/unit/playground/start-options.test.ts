import { DEFAULT_PORT, HELP, parseOptions } from '../../../playground/options';

describe('the options of npm start', () => {
	it('start the editor on the usual port of n8n when nothing is said', () => {
		expect(parseOptions([])).toEqual({
			port: DEFAULT_PORT,
			fresh: false,
			once: false,
			queue: false,
			help: false,
		});
	});

	it('run n8n in queue mode only where that is asked for', () => {
		expect(parseOptions(['--queue'])).toMatchObject({ queue: true, port: DEFAULT_PORT });
	});

	it('leave the port open for --once, so that it runs beside an open editor', () => {
		expect(parseOptions(['--once'])).toMatchObject({ once: true, port: undefined });
	});

	it.each([[['--port', '6000']], [['--port=6000']], [['--once', '--port', '6000']]])(
		'take the port from %j',
		(args) => {
			expect(parseOptions(args).port).toBe(6000);
		},
	);

	it.each(['0', '65536', '-1', '1.5', 'abc', ''])('refuse the port "%s"', (port) => {
		expect(() => parseOptions([`--port=${port}`])).toThrow(
			`--port needs a number from 1 to 65535, not "${port}".`,
		);
	});

	it('refuse an option that does not exist, and say where the others are', () => {
		expect(() => parseOptions(['--prot', '6000'])).toThrow(
			"Unknown option '--prot'. See npm start -- --help",
		);
	});

	it('refuse words that are no option', () => {
		expect(() => parseOptions(['now'])).toThrow(/'now'.*--help/);
	});

	it('are all named by the help', () => {
		for (const option of Object.keys(parseOptions([]))) expect(HELP).toContain(`--${option}`);
	});
});
