// What a first view costs: bytes, requests, and text that moves while it loads.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliDecompressSync } from 'node:zlib';
import { launch, newPage } from './support/browser.js';
import { COMPARISONS, EMBEDS, SEARCHES, listPages, startSite } from './support/site.js';

// What arrives in the first flight of a new connection: ten packets.
const BYTES = 14_336;
// The page, its style sheet, two scripts, the icon, and the script that comes last.
const REQUESTS = 6;
// The whole guide on one page is for reading offline and printing.
const EXEMPT = ['/guide'];

// What one packet carries, and how long the next one is on its way.
const PIECE = 1400;
const PAUSE = 10;
const WIDTHS = [360, 1440];

const site = await startSite();
const slow = await startSlowLine();
const browser = await launch();
const views = [...(await listPages(site)), ...COMPARISONS.slice(0, -2), ...EMBEDS, ...SEARCHES];

after(async () => {
  await browser.close();
  slow.stop();
  await site.stop();
});

/** The same site, whose pages arrive piece by piece, as over a bad line: a browser shows what it has. */
async function startSlowLine() {
  const server = createServer(async ({ url }, answer) => {
    const whole = await fetch(site.origin + url);
    const body = Buffer.from(await whole.arrayBuffer());
    const type = whole.headers.get('content-type');
    answer.writeHead(whole.status, { 'content-type': type });
    const piece = type.startsWith('text/html') ? PIECE : body.length;
    for (let at = 0; at < body.length; at += piece) {
      answer.write(body.subarray(at, at + piece));
      await sleep(PAUSE);
    }
    answer.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    at: (address) => origin + address,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A body as it is sent to a browser, and what it says. */
const sent = (url) =>
  new Promise((resolve, reject) => {
    request(url, { headers: { 'accept-encoding': 'br' } }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const body = Buffer.concat(parts);
        const packed = answer.headers['content-encoding'] === 'br';
        resolve({ bytes: body.length, text: String(packed ? brotliDecompressSync(body) : body) });
      });
    })
      .on('error', reject)
      .end();
  });

for (const view of views) {
  test(view.slice(0, 90), async (t) => {
    const html = await sent(site.at(view));
    const sheets = [...html.text.matchAll(/<link[^>]+rel="stylesheet"[^>]*href="([^"]+)"/g)];
    const scripts = [...html.text.matchAll(/<script[^>]+src="([^"]+)"[^>]*>/g)];
    // Each of these keeps the first paint waiting, and opens a connection of its own over HTTP/1.1.
    assert.equal(sheets.length, 1, 'style sheets');
    const blocking = scripts.filter(([tag]) => !/ (async|defer|type="module")/.test(tag));
    assert.ok(blocking.length <= 1, blocking.join('\n'));
    const links = [...sheets, ...scripts].map(([, link]) => link);
    const parts = await Promise.all(links.map((link) => sent(new URL(link, site.at(view)))));
    const bytes = [html, ...parts].map((part) => part.bytes);
    const total = bytes.reduce((sum, next) => sum + next);
    t.diagnostic(`${total} bytes: ${bytes.join(' + ')}`);
    if (!EXEMPT.includes(view)) assert.ok(total <= BYTES, `${total} bytes: ${bytes.join(' + ')}`);

    for (const width of WIDTHS) {
      const { page, close } = await newPage(browser, slow, { viewport: { width, height: 740 } });
      t.after(close);
      const asked = [];
      page.on('request', (one) => asked.push(one.url()));
      await page.addInitScript(() => {
        window.shifts = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            window.shifts.push([entry.value, ...entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80))]);
          }
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(slow.at(view));
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      for (let top = 0; top < Math.min(height, 20_000); top += 700) {
        await page.evaluate((y) => scrollTo(0, y), top);
        await page.evaluate(() => new Promise(requestAnimationFrame));
      }
      assert.deepEqual(await page.evaluate(() => window.shifts), [], `text moved at ${width} px`);
      assert.ok(asked.length <= REQUESTS, asked.join('\n'));
    }
  });
}
