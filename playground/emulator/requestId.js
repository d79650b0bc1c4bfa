const { randomBytes } = require('node:crypto');

/** @returns {string} shaped like Fetch Hive's request ids */
const newRequestId = () => `req_${randomBytes(16).toString('hex')}`;

module.exports = { newRequestId };
