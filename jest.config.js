/** @type {import('jest').Config} */
module.exports = {
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	// They need a real n8n and run by `npm run test:e2e`.
	testPathIgnorePatterns: ['<rootDir>/test/e2e/', '<rootDir>/test/queue/'],
	testEnvironment: 'node',
	// Property tests take most of Jest's five seconds, and more on a busy machine.
	testTimeout: 20_000,
	setupFiles: ['<rootDir>/test/setup.js'],
	transform: {
		// Compiles each file by itself; `npm run typecheck` checks the types of the tests.
		'^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json', diagnostics: false }],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.playground'],
};
