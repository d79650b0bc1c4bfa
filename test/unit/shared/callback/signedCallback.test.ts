import { quotedForLog } from '../../../../nodes/shared/callback/signedCallback';

it.each([
	['req_7', '"req_7"'],
	['req_7\n2026-01-01 | error | Forged', '"req_7\\n2026-01-01 | error | Forged"'],
	['\u001b[2J', '"\\u001b[2J"'],
	['say "x"', '"say \\"x\\""'],
])('%j stands in a log as one quoted text', (text, quoted) => {
	expect(quotedForLog(text)).toBe(quoted);
});

it('a long text is cut', () => {
	expect(quotedForLog('x'.repeat(1_000_000))).toBe(`"${'x'.repeat(200)}…"`);
});
