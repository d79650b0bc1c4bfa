import { freePort, holdPort, requireFreePort } from '../../../playground/ports';

describe('a port for the editor', () => {
	it('is accepted while it is free', async () => {
		await expect(requireFreePort(await freePort())).resolves.toBeUndefined();
	});

	it('is refused by name while somebody listens there, with the option that picks another', async () => {
		const { port, release } = await holdPort(0);
		await expect(requireFreePort(port)).rejects.toThrow(
			`Port ${port} is already in use. Pick another one: npm start -- --port ${port + 1}`,
		);
		await release();
	});
});
