const { getActiveResourcesInfo } = require('node:process');

/** What keeps this process from ending, by kind. */
const keepingAlive = () => getActiveResourcesInfo();

module.exports = { keepingAlive };
