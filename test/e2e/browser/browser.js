const { randomUUID } = require('node:crypto');
const { mkdtemp, rm } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { chromium, selectors } = require('playwright-core');
const { logIn } = require('../harness/logIn');
const { findChromium } = require('./chromium');

const ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--force-color-profile=srgb',
	'--font-render-hinting=none',
];
const VIEWPORT = { width: 1400, height: 1150 };
/** The first canvas takes long on a busy machine; anything after it comes in moments. */
const PATIENCE_MILLISECONDS = 30_000;

selectors.setTestIdAttribute('data-test-id');

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('../harness/logIn').N8nWithOwner} N8nWithOwner
 * @typedef {'light' | 'dark'} Theme
 * @typedef {{page: Page, close: () => Promise<void>}} Browser
 */

/**
 * @param {import('playwright-core').BrowserContext} context
 * @param {{n8n: N8nWithOwner, theme: Theme}} options
 */
async function prepare(context, { n8n, theme }) {
	const browserId = randomUUID();
	const value = await logIn(n8n, browserId);
	await context.addCookies([{ name: 'n8n-auth', value, url: n8n.url }]);
	const settings = JSON.stringify({ 'n8n-browserId': browserId, N8N_THEME: theme });
	await context.addInitScript(`Object.assign(localStorage, ${settings})`);
	context.setDefaultTimeout(PATIENCE_MILLISECONDS);
}

/**
 * Opens a browser with a profile of its own, logged in as the owner.
 *
 * @param {{n8n: N8nWithOwner, theme: Theme, viewport?: {width: number, height: number}}} options
 * @returns {Promise<Browser>}
 */
async function openBrowser({ n8n, theme, viewport = VIEWPORT }) {
	const executablePath = await findChromium();
	const profile = await mkdtemp(join(tmpdir(), 'n8n-nodes-fetchhive-browser-'));
	const context = await chromium.launchPersistentContext(profile, {
		executablePath,
		headless: true,
		viewport,
		colorScheme: theme,
		reducedMotion: 'reduce',
		permissions: ['clipboard-read', 'clipboard-write'],
		args: ARGUMENTS,
	});
	await prepare(context, { n8n, theme });
	const page = context.pages()[0] ?? (await context.newPage());
	const close = async () => {
		await context.close();
		await rm(profile, { recursive: true, force: true, maxRetries: 5 });
	};
	return { page, close };
}

module.exports = { openBrowser };
