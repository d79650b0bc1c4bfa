import { quietEnvironment } from '../../../playground/n8n/environment';

const OPTIONS = {
	node: '/cache/node/bin/node',
	userFolder: '/tmp/user',
	port: 5678,
	brokerPort: 5679,
};

describe('the environment of the n8n that npm start runs', () => {
	it("hands on nothing of the user's own n8n, nor the Fetch Hive key", () => {
		const inherited = {
			DB_TYPE: 'postgresdb',
			EXECUTIONS_MODE: 'queue',
			FETCH_HIVE_API_KEY: 'fhk_1',
			HOME: '/home/me',
			N8N_ENCRYPTION_KEY: 'a key',
			PATH: '/usr/bin',
			QUEUE_BULL_REDIS_HOST: 'redis',
			WEBHOOK_URL: 'https://n8n.example.org',
		};
		const env = quietEnvironment({ ...OPTIONS, inherited });
		const kept = Object.keys(inherited).filter((name) => name in env);
		expect(kept).toEqual(['HOME', 'PATH']);
	});

	it('listens on the loopback address only', () => {
		const env = quietEnvironment({ ...OPTIONS, inherited: {} });
		expect(env.N8N_LISTEN_ADDRESS).toBe('127.0.0.1');
		expect(env.N8N_RUNNERS_BROKER_LISTEN_ADDRESS).toBe('127.0.0.1');
	});

	it('lets n8n find its own Node first', () => {
		const env = quietEnvironment({ ...OPTIONS, inherited: { PATH: '/usr/bin' } });
		expect(env.PATH).toMatch(/^\/cache\/node\/bin[:;]\/usr\/bin$/);
	});

	it('disables only modules that this n8n has, because an older one refuses to start otherwise', () => {
		const modules = ['insights', 'data-table', 'mcp'];
		const env = quietEnvironment({ ...OPTIONS, modules, inherited: {} });
		expect(env.N8N_DISABLED_MODULES).toBe('insights,mcp');
	});
});
