const { setImmediate: turn } = require('node:timers/promises');

/** Resolves when all that waited for nothing but a promise has gone on. */
const nextTurn = async () => await turn();

module.exports = { nextTurn };
