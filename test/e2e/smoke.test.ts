import type { TestN8n } from './harness/testN8n';
import { startTestN8n } from './harness/testN8n';

let n8n: TestN8n;
beforeAll(async () => {
	n8n = await startTestN8n({ name: 'smoke' });
}, 240_000);
afterAll(async () => await n8n?.close());

it('starts', async () => {
	expect(n8n.url).toMatch(/^http/);
});
