/** @type {import('jest').Config} */
module.exports = {
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	// They need a real n8n and run by `npm run test:e2e`.
	testPathIgnorePatterns: ['<rootDir>/test/e2e/', '<rootDir>/test/queue/'],
	testEnvironment: 'node',
	setupFiles: ['<rootDir>/test/setup.js'],
	transform: {
		// Compiles each file by itself; `npm run typecheck` checks the types of the tests.
		'^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json', diagnostics: false }],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.playground'],
};
