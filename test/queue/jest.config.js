const endToEnd = require('../e2e/jest.config');

/** @type {import('jest').Config} */
module.exports = { ...endToEnd, roots: ['<rootDir>/test/queue'], testTimeout: 120_000 };
