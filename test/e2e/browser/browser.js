const { join } = require('node:path');
const { chromium, selectors } = require('playwright-core');
const { setting } = require('../harness/setting');
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
/** All that a page can remember, but not its scripts, loaded and compiled. */
const REMEMBERED = 'cache_storage,cookies,file_systems,indexeddb,local_storage,service_workers';

selectors.setTestIdAttribute('data-test-id');

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{url: string, client: import('../../../playground/n8n/rest').N8nClient}} N8nWithOwner whose client is
 *   logged in
 * @typedef {'light' | 'dark'} Theme
 * @typedef {{page: Page, close: () => Promise<void>}} Browser
 */

/**
 * @param {import('playwright-core').BrowserContext} context
 * @param {Page} page
 * @param {string} origin
 */
async function forget(context, page, origin) {
	const session = await context.newCDPSession(page);
	await session.send('Storage.clearDataForOrigin', { origin, storageTypes: REMEMBERED });
	await session.detach();
}

/**
 * @param {import('playwright-core').BrowserContext} context
 * @param {{n8n: N8nWithOwner, theme: Theme}} options
 */
async function prepare(context, { n8n, theme }) {
	const { browserId, cookie } = n8n.client.session();
	const [name, value] = cookie.split('=');
	await context.addCookies([{ name, value, url: n8n.url }]);
	const settings = JSON.stringify({ 'n8n-browserId': browserId, N8N_THEME: theme });
	await context.addInitScript(`Object.assign(localStorage, ${settings})`);
	context.setDefaultTimeout(PATIENCE_MILLISECONDS);
}

/**
 * Opens a browser that remembers nothing and is logged in as the owner. One after the other, all of a test run have the
 * same profile, so that only the first of them reads and compiles the whole editor: seconds of work.
 *
 * @param {{n8n: N8nWithOwner, theme: Theme, viewport?: {width: number, height: number}}} options
 * @returns {Promise<Browser>}
 */
async function openBrowser({ n8n, theme, viewport = VIEWPORT }) {
	const executablePath = await findChromium();
	const profile = join(setting().folder, 'browser');
	const context = await chromium.launchPersistentContext(profile, {
		executablePath,
		headless: true,
		viewport,
		colorScheme: theme,
		reducedMotion: 'reduce',
		permissions: ['clipboard-read', 'clipboard-write'],
		args: ARGUMENTS,
	});
	const page = context.pages()[0] ?? (await context.newPage());
	await forget(context, page, n8n.url);
	await prepare(context, { n8n, theme });
	return { page, close: () => context.close() };
}

module.exports = { openBrowser };
