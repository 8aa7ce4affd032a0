// The comparison as a person uses it: without scripts, with them, and when the network fails.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { after, describe, test } from 'node:test';
import { launch, visit } from './support/browser.js';
import { startSite } from './support/site.js';

const site = await startSite();
const browser = await launch();

after(async () => {
  await browser.close();
  await site.stop();
});

const open = (t, address, options) => visit(t, browser, site, address, options);

/** The rows of the table of figures, cell by cell, as one reads them. */
const rowsOf = (page) =>
  page.locator('#_result table').first().evaluate((table) =>
    [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent.replace(/\s+/g, ' ').trim())));

const parametersOf = (page) => {
  const { searchParams } = new URL(page.url());
  return [...searchParams].filter(([name]) => name !== 'edition' && name !== 'rates').map((pair) => pair.join('='));
};

const control = (page, name, value) =>
  page.locator(`#_ask [name="${name}"]${value === undefined ? '' : `[value="${value}"]`}:not([type=hidden])`);

/** Waits until the result is that of another address than before. */
async function changed(page, change) {
  const before = await page.locator('#_result').getAttribute('data-here');
  await change();
  await page.waitForFunction(
    (old) => document.getElementById('_result').dataset.here !== old &&
      !document.getElementById('_result').hasAttribute('aria-busy'),
    before,
  );
}

async function assertOfferIsNotLinked(page) {
  const links = await page.locator('a[href], link[href], form').evaluateAll(
    (all) => all.map((node) => node.getAttribute('href') ?? node.getAttribute('action')));
  assert.ok(links.length > 10);
  assert.deepEqual(links.filter((link) => link.includes('offer')), []);
}

/** Marks the document, so that a reload is noticed. */
const mark = (page) => page.evaluate(() => { window.marked = true; });
const isMarked = (page) => page.evaluate(() => window.marked === true);

describe('without scripts', () => {
  test('the form gives what the address gives', async (t) => {
    const { page, problems } = await open(t, '/compare', { javaScriptEnabled: false });
    for (const box of await page.locator('#_ask input[type=checkbox]:not([name=source])').all()) await box.uncheck();
    await control(page, 'level', 'mid').check();
    await control(page, 'country', 'in').check();
    await control(page, 'country', 'gb').check();
    await control(page, 'currency').selectOption('gbp');
    await control(page, 'period').selectOption('month');
    await page.locator('#_ask button').click();
    await page.waitForURL(/level=mid/);
    const byForm = await rowsOf(page);
    assert.equal(await control(page, 'currency').inputValue(), 'gbp');
    assert.ok(await control(page, 'country', 'in').isChecked());
    assert.ok(!(await control(page, 'country', 'us').isChecked()));

    await page.goto(site.at('/compare?country=in&country=gb&level=mid&currency=gbp&period=month'));
    assert.deepEqual(await rowsOf(page), byForm);
    assert.ok(byForm.length >= 3, 'a head and a row for each of two countries');
    assert.deepEqual(problems, []);
  });

  test('an offer is marked, and left out of what is shared', async (t) => {
    const { page } = await open(t, '/compare?country=in&offer=1800000&offer_currency=inr', { javaScriptEnabled: false });
    const text = await page.locator('#_result').innerText();
    assert.match(text, /18L|18,00,000/);
    await assertOfferIsNotLinked(page);
    const metas = await page.locator('meta[content]').evaluateAll((all) => all.map((meta) => meta.content));
    assert.deepEqual(metas.filter((content) => /offer=|1800000|18L|18,00,000/.test(content)), []);
    assert.doesNotMatch(await page.locator('#_snippet').textContent(), /offer/);
    assert.equal(await page.locator('link[rel=canonical]').count(), 1);
  });
});

describe('with scripts', () => {
  test('a changed control changes the result without a reload, and keeps the focus', async (t) => {
    const { page, problems } = await open(t, '/compare');
    await mark(page);
    const before = await rowsOf(page);
    const select = control(page, 'currency');
    await select.focus();
    await changed(page, () => select.selectOption('usd'));
    assert.ok(await isMarked(page), 'the page was loaded anew');
    assert.deepEqual(parametersOf(page), ['currency=usd']);
    assert.notDeepEqual(await rowsOf(page), before);
    assert.equal(await page.evaluate(() => document.activeElement.name), 'currency');
    assert.equal(await page.locator('#_said').getAttribute('role'), 'status');
    assert.equal(await page.locator('#_said').textContent(), await page.locator('#_message').textContent());
    const canonical = await page.locator('link[rel=canonical]').getAttribute('href');
    assert.equal(canonical, page.url());

    // What the script shows is what the server shows.
    const shown = await page.locator('#_result').innerText();
    const title = await page.title();
    await page.reload();
    assert.equal(await page.locator('#_result').innerText(), shown);
    assert.equal(await page.title(), title);
    assert.deepEqual(problems, []);
  });

  test('the page does not jump', async (t) => {
    const { page } = await open(t, '/compare');
    await control(page, 'period').scrollIntoViewIfNeeded();
    const top = () => control(page, 'period').evaluate((node) => node.getBoundingClientRect().top);
    const before = await top();
    await changed(page, () => control(page, 'period').selectOption('month'));
    assert.equal(await top(), before);
  });

  test('it works by keyboard alone', async (t) => {
    const { page } = await open(t, '/compare');
    const box = control(page, 'level', 'entry');
    const was = await box.isChecked();
    await box.focus();
    await changed(page, () => page.keyboard.press('Space'));
    assert.equal(await box.isChecked(), !was);
    assert.equal(await page.evaluate(() => document.activeElement.value), 'entry');
  });

  test('back and forward bring back the result and the controls', async (t) => {
    const { page, problems } = await open(t, '/compare');
    await mark(page);
    const states = [];
    const remember = async () => states.push({
      url: page.url(),
      rows: await rowsOf(page),
      currency: await control(page, 'currency').inputValue(),
      entry: await control(page, 'level', 'entry').isChecked(),
    });
    await remember();
    await changed(page, () => control(page, 'currency').selectOption('usd'));
    await remember();
    await changed(page, () => control(page, 'level', 'entry').click());
    await remember();
    const is = async (at) => {
      const { rows: [, first], ...state } = states[at];
      await page.waitForURL(state.url);
      await page.waitForFunction(
        (here) => new URL(document.getElementById('_result').dataset.here, location).href === here &&
          !document.getElementById('_result').hasAttribute('aria-busy'),
        state.url,
      );
      assert.deepEqual((await rowsOf(page))[1], first);
      assert.deepEqual(await rowsOf(page), states[at].rows);
      assert.equal(await control(page, 'currency').inputValue(), state.currency);
      assert.equal(await control(page, 'level', 'entry').isChecked(), state.entry);
    };
    await page.goBack();
    await is(1);
    await page.goBack();
    await is(0);
    await page.goForward();
    await is(1);
    await page.goForward();
    await is(2);
    assert.ok(await isMarked(page), 'the page was loaded anew');
    assert.deepEqual(problems, []);
  });

  test('of quick changes the last one counts', async (t) => {
    const { page } = await open(t, '/compare');
    let held = 0;
    await page.route('**/compare?*', async (route) => {
      if (held++ === 0) await new Promise((resolve) => setTimeout(resolve, 700));
      await route.continue().catch(() => {});
    });
    await control(page, 'currency').selectOption('usd');
    await control(page, 'currency').selectOption('gbp');
    await page.waitForURL(/currency=gbp/);
    await page.waitForTimeout(1200);
    assert.match(page.url(), /currency=gbp/);
    assert.match(await page.locator('#_result').getAttribute('data-here'), /currency=gbp/);
  });

  test('a fetch that fails becomes a plain visit', async (t) => {
    const { page } = await open(t, '/compare');
    await mark(page);
    await page.route('**/compare?*', (route) =>
      route.request().isNavigationRequest() ? route.continue() : route.abort());
    await control(page, 'currency').selectOption('usd');
    await page.waitForURL(/currency=usd/);
    await page.waitForLoadState();
    assert.ok(!(await isMarked(page)), 'the page was not loaded');
    assert.equal(await control(page, 'currency').inputValue(), 'usd');
  });

  test('an answer that is an error becomes a plain visit', async (t) => {
    const { page } = await open(t, '/compare');
    await mark(page);
    await page.route('**/compare?*', (route) =>
      route.request().isNavigationRequest() ? route.continue() : route.fulfill({ status: 502, body: 'gone' }));
    await control(page, 'currency').selectOption('usd');
    await page.waitForURL(/currency=usd/);
    await page.waitForLoadState();
    assert.equal(await control(page, 'currency').inputValue(), 'usd');
  });

  test('a fetch that hangs becomes a plain visit', async (t) => {
    const { page } = await open(t, '/compare');
    await mark(page);
    await page.route('**/compare?*', (route) => {
      if (route.request().isNavigationRequest()) route.continue();
    });
    await control(page, 'currency').selectOption('usd');
    assert.equal(await page.locator('#_result').getAttribute('aria-busy'), 'true');
    await page.waitForURL(/currency=usd/, { timeout: 20_000 });
    await page.waitForLoadState();
    assert.ok(!(await isMarked(page)), 'the page was not loaded');
  });

  test('the link to the view is copied, without the offer', async (t) => {
    const { page } = await open(
      t,
      '/compare?country=in&currency=usd&offer=1800000&offer_currency=inr',
      { permissions: ['clipboard-read', 'clipboard-write'] },
    );
    await page.locator('[data-copy]').click();
    await page.waitForFunction(() => document.getElementById('_said').textContent.includes('copied'));
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const url = new URL(copied);
    assert.equal(url.origin, site.origin);
    assert.equal(url.searchParams.get('currency'), 'usd');
    assert.ok(url.searchParams.get('edition'), copied);
    assert.doesNotMatch(copied, /offer/);
    const rows = await rowsOf(page);
    await page.goto(copied);
    assert.equal((await rowsOf(page)).length, rows.length);
  });

  test('an offer stands in the address alone', async (t) => {
    const { page } = await open(t, '/compare?country=in');
    await page.locator('#_ask summary', { hasText: 'My figure' }).click();
    await control(page, 'offer').fill('1800000');
    await control(page, 'offer_currency').selectOption('inr');
    await changed(page, () => control(page, 'offer').blur()).catch(() => {});
    await page.waitForURL(/offer=1800000/);
    await assertOfferIsNotLinked(page);
  });
});

test('CSV and JSON have the rows of the page', async (t) => {
  const { page } = await open(t, '/compare?country=in&country=gb&level=mid&currency=gbp');
  const rows = (await page.locator('#_result table tbody tr:has(td)').count());
  const href = (name) => page.locator('#_result .take a', { hasText: name }).first().evaluate((link) => link.href);
  const csv = await (await fetch(await href('CSV'))).text();
  const json = await (await fetch(await href('JSON'))).json();
  assert.equal(csv.trim().split('\r\n').length - 1, rows);
  assert.equal(json.rows.length, rows);
});

test('another site may show it in a frame', async (t) => {
  const page = await browser.newPage();
  t.after(() => page.close());
  const host = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html');
    answer.end(`<!doctype html><title>elsewhere</title><iframe src="${site.at('/embed/compare?country=in')}" width="600" height="800"></iframe>`);
  }).listen(0, '127.0.0.1');
  await once(host, 'listening');
  t.after(() => { host.close(); host.closeAllConnections(); });
  const problems = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  await page.goto(`http://127.0.0.1:${host.address().port}/`);
  const frame = page.frameLocator('iframe');
  await frame.locator('h1, h2').first().waitFor();
  assert.ok((await frame.locator('svg').count()) >= 1);
  const link = frame.locator('a').first();
  assert.ok(['_top', '_blank', '_parent'].includes(await link.getAttribute('target')) ||
    (await frame.locator('base[target]').count()) === 1, 'its links leave the frame');

  // The pages themselves are for no frame.
  const refused = await fetch(site.at('/compare'));
  assert.match(refused.headers.get('content-security-policy'), /frame-ancestors 'none'/);
  assert.deepEqual(problems, []);
});
