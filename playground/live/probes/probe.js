/**
 * @typedef {Partial<import('../../emulator/switches').Switches>} Found
 *
 * @typedef {object} Target a deployment of the account, and what it is given
 * @property {string} deployment
 * @property {string} variant
 * @property {Record<string, unknown>} inputs
 *
 * @typedef {object} Targets each is left out when the account has none
 * @property {Target} workflow completes, at little cost
 * @property {Target} [failing] a workflow that starts and fails
 * @property {Target} [typed] a workflow with a number, boolean or object input, given here as text
 * @property {Target} [prompt]
 * @property {Target} [slow] a workflow that takes some seconds
 * @property {Target} [image] a workflow that makes a file
 * @property {string} [agent] ID of an agent
 * @property {string} [delegating] ID of an agent that starts a background workflow when it may
 *
 * @typedef {object} Live what a probe works with
 * @property {import('../client').Client} client
 * @property {Targets} targets
 * @property {import('../callbacks').Callbacks} [callbacks] left out without a public address
 * @property {string} [signingSecret] of the workflow, where its answers do not bring it
 * @property {(mailbox: string) => Promise<void>} [untilQuiet] resolves when no further attempt is expected in that
 *   mailbox; left out without callbacks
 *
 * @typedef {object} Probe one small experiment on the service
 * @property {string} name
 * @property {(keyof import('../../emulator/switches').Switches)[]} finds
 * @property {(keyof Targets | 'callbacks')[]} needs
 * @property {(live: Live) => Promise<Found>} run what could not be told is left out or undefined
 */

const INVOKE = '/workflow/invoke';

/** @param {Target} target @returns {{ deployment: string, variant: string, inputs: object }} */
const orderOf = ({ deployment, variant, inputs }) => ({ deployment, variant, inputs });

/** @param {{ status: number }} answer */
const isSuccess = ({ status }) => status >= 200 && status < 300;

/** @param {any} body of a look-up @returns {any} the request, which some of the SDKs' tests have in an envelope */
const lookedUp = (body) => body?.request ?? body;

module.exports = { INVOKE, isSuccess, lookedUp, orderOf };
