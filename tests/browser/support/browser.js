// Starts Chromium and opens pages that remember what went wrong in them.
import { chromium } from 'playwright-core';

export const CHROME = process.env.CHROME_PATH ?? '/usr/bin/chromium';

// Without the network flags Chromium looks for its maker's hosts at every start.
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launch = (more = []) =>
  chromium.launch({ executablePath: CHROME, args: [...FLAGS, ...more] });

/**
 * A page in a context of its own. `problems` fills with every error and warning of the console,
 * every failed request and every request to another host. `expect` is the status that the page
 * itself may have without a word about it in the console.
 */
export async function newPage(browser, site, options = {}, expect = 200) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    const itself = message.location().url === page.url();
    if (itself && expect !== 200 && message.text().includes(`status of ${expect}`)) return;
    problems.push(`${message.type()} in the console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'data:' && origin !== site.origin) {
      problems.push(`request to another host: ${request.url()}`);
    }
  });
  page.on('requestfailed', (request) => {
    // What a page no longer needs because the reader went on is no failure.
    const aborted = request.failure()?.errorText === 'net::ERR_ABORTED';
    if (aborted && /\/favicon|\/assets\/later\./.test(request.url())) return;
    problems.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  return { page, problems, close: () => context.close() };
}

/** Opens what is folded, so that it is checked as well. */
export const unfold = (page) =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });

/** Opens an address of the site for as long as a test lasts. */
export async function visit(t, browser, site, address, options) {
  const opened = await newPage(browser, site, options);
  t.after(opened.close);
  await opened.page.goto(site.at(address));
  return opened;
}

/** Until the script that comes after everything else has come: only then do keys search and links copy. */
export const complete = (page) => page.locator('.copied').waitFor({ state: 'attached' });
