// What Lighthouse says of each kind of page on a phone. What depends on the machine's speed is
// printed and recorded; the rest fails the run. Not a `.test.js`: it measures time, so it runs by
// itself, by `npm run lighthouse`.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import lighthouse from 'lighthouse';
import { launch } from './support/browser.js';
import { freePort, startSite } from './support/site.js';

const VIEWS = ['/', '/guide/skills', '/guide/salaries', '/compare', '/salaries/in', '/sources', '/about', '/plan', '/guide'];
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

const site = await startSite();
const port = await freePort();
const browser = await launch([`--remote-debugging-port=${port}`]);
const rows = [];

after(async () => {
  await browser.close();
  await site.stop();
  console.table(Object.fromEntries(rows.map(({ view, ...row }) => [view, row])));
  const folder = fileURLToPath(new URL('results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}lighthouse.json`, `${JSON.stringify(rows, null, 2)}\n`);
});

/** A load that Chromium failed to record says nothing of the page, so it is tried again, twice. */
async function look(view) {
  for (let more = 2; ; more -= 1) {
    const { lhr } = await lighthouse(site.at(view), { port, logLevel: 'error', onlyCategories: CATEGORIES });
    if (lhr.runtimeError === undefined || more === 0) return lhr;
    console.log(`${view}: ${lhr.runtimeError.code}`);
  }
}

for (const view of VIEWS) {
  test(view, async () => {
    const lhr = await look(view);
    assert.equal(lhr.runtimeError, undefined);
    const score = (category) => Math.round(lhr.categories[category].score * 100);
    const time = (audit) => Math.round(lhr.audits[audit].numericValue);
    rows.push({
      view,
      performance: score('performance'),
      'FCP, ms': time('first-contentful-paint'),
      'LCP, ms': time('largest-contentful-paint'),
      'blocked, ms': time('total-blocking-time'),
      shift: lhr.audits['cumulative-layout-shift'].numericValue,
      bytes: time('total-byte-weight'),
      requests: lhr.audits['network-requests'].details.items.length,
    });
    for (const category of CATEGORIES.slice(1)) {
      const poor = lhr.categories[category].auditRefs
        .map(({ id }) => lhr.audits[id])
        .filter((audit) => audit.score !== null && audit.score < 1 && audit.scoreDisplayMode !== 'informative')
        .map(({ id, title, details }) => `${id}: ${title} ${JSON.stringify(details?.items ?? []).slice(0, 600)}`);
      assert.deepEqual(poor, [], category);
      assert.equal(score(category), 100, category);
    }
    assert.equal(lhr.audits['cumulative-layout-shift'].numericValue, 0);
  });
}
