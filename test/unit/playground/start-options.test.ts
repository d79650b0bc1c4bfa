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

	it.each([
		['--queue', { queue: true, port: DEFAULT_PORT }],
		// Beside an open editor.
		['--once', { once: true, port: undefined }],
	])('know %s', (option, options) => {
		expect(parseOptions([option])).toMatchObject(options);
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

	it.each([
		['--prot', "Unknown option '--prot'. See npm start -- --help"],
		['now', /'now'.*--help/],
	])('refuse %s, and say where the others are', (option, message) => {
		expect(() => parseOptions([option])).toThrow(message);
	});

	it('are all named by the help', () => {
		for (const option of Object.keys(parseOptions([]))) expect(HELP).toContain(`--${option}`);
	});
});
