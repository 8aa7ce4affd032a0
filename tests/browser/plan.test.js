// The plan as a person uses it: on paper, by keyboard, kept, sent, opened again and erased.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { launch, newPage, visit } from './support/browser.js';
import { startSite } from './support/site.js';

const site = await startSite();
const browser = await launch();
const folder = await mkdtemp(join(tmpdir(), 'plan-'));

after(async () => {
  await browser.close();
  await site.stop();
  await rm(folder, { recursive: true });
});

const open = (t, options = {}, fragment = '') =>
  visit(t, browser, site, `/plan${fragment}`, { acceptDownloads: true, ...options });

const step = (page, n) => page.locator('[name=done]').nth(n);
const skillNames = (page) =>
  page.locator('[data-then]').evaluateAll((all) => [...new Set(all.map((one) => one.name))]);
const ticked = (page) =>
  page.locator('[name=done]:checked').evaluateAll((all) => all.map((one) => one.value));
const graded = (page) =>
  page.locator('[data-then]:checked').evaluateAll((all) => all.map((one) => `${one.name}=${one.value}`));
const stored = (page) => page.evaluate(() => localStorage.getItem('plan'));
const next = (page) =>
  page.locator('#_next > li:visible').evaluateAll((all) => all.map((one) => one.dataset.skill));
const said = (page, text) => page.locator('#_said').filter({ hasText: text }).waitFor();
const noticed = (page, text) =>
  page.locator('#_notice').filter({ hasText: text }).waitFor({ timeout: 10_000 });

/** Two steps, a route and two grades. */
async function fill(page) {
  await step(page, 0).check();
  await step(page, 2).check();
  await page.locator('[name=route]').nth(1).check();
  const [first, second] = await skillNames(page);
  await page.locator(`[name="${first}"]`).nth(1).check();
  await page.locator(`[name="${second}"]`).first().check();
  return { ticks: await ticked(page), grades: await graded(page), first, second };
}

describe('without scripts', () => {
  test('everything can be read, and printed with empty boxes', async (t) => {
    const { page } = await open(t, { javaScriptEnabled: false });
    const boxes = await page.locator('[name=done]').count();
    assert.ok(boxes > 15, `${boxes} steps`);
    assert.equal((await ticked(page)).length, 0);
    assert.equal(await page.locator('[name=done]:visible').count(), boxes);
    assert.equal((await skillNames(page)).length, await page.locator('#_next > li:visible').count());
    assert.ok(await page.getByText('this is a list to print').isVisible());
    assert.ok(!(await page.locator('#_keep').isVisible()), 'buttons that do nothing are not shown');
    assert.ok(await page.locator('.off dl').isVisible(), 'what follows from which grade');
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('.choice ul').first().isVisible(), 'routes are printed unfolded');
    assert.equal(await page.locator('[name=done]:visible').count(), boxes);
  });
});

test('ticks, grades and the route outlive a reload and go nowhere', async (t) => {
  const { page, problems } = await open(t);
  // What comes after the first paint has come.
  await page.waitForLoadState('networkidle');
  const asked = [];
  page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`));
  const { ticks, grades } = await fill(page);
  await said(page, `2 of ${await page.locator('[name=done]').count()} steps ticked, kept in this browser`);
  const own = asked.filter((one) => !one.includes('favicon'));
  assert.deepEqual(own, [], 'a change asks the server for nothing');
  assert.equal(new URL(page.url()).hash, '');
  await page.reload();
  assert.deepEqual(await ticked(page), ticks);
  assert.deepEqual(await graded(page), grades);
  assert.ok(await page.locator('[name=route]').nth(1).isChecked());
  assert.ok((await page.locator('.mine').first().textContent()).startsWith('On your route: '));
  assert.match(await page.locator('.count').first().textContent(), /^2 of \d+ ticked$/);
  assert.deepEqual(problems, []);
});

test('the skill that one has least comes first, and what one has is left out', async (t) => {
  const { page } = await open(t);
  const names = await skillNames(page);
  const id = (name) => name.slice('skill-'.length);
  assert.equal((await next(page)).length, names.length, 'before any grade all are listed');
  await page.locator(`[name="${names[0]}"]`).nth(1).check();
  await page.locator(`[name="${names[3]}"]`).first().check();
  await page.locator(`[name="${names[2]}"]`).last().check();
  assert.deepEqual(await next(page), [id(names[3]), id(names[0])]);
  const first = page.locator('#_next > li').first();
  const then = await page.locator(`[name="${names[3]}"]`).first().getAttribute('data-then');
  assert.ok((await first.textContent()).includes(`: ${then}.`));
  assert.match(await first.locator('a').first().getAttribute('href'), /^\/guide\/[a-z-]+#[a-z-]+$/);
  const ready = page.locator('#_ready');
  assert.ok((await ready.textContent()).startsWith(await page.locator(`[data-skill="${id(names[2])}"] b`).textContent()));
  await page.locator(`[name="${names[0]}"]`).last().check();
  await page.locator(`[name="${names[3]}"]`).last().check();
  assert.deepEqual(await next(page), []);
  assert.ok((await ready.textContent()).startsWith('Nothing that you marked is missing.'));
});

test('the whole of it works by keyboard', async (t) => {
  const { page } = await open(t);
  await step(page, 0).focus();
  await page.keyboard.press('Space');
  assert.equal((await ticked(page)).length, 1);
  const [name] = await skillNames(page);
  await page.locator(`[name="${name}"]`).first().focus();
  await page.keyboard.press('ArrowRight');
  assert.ok(await page.locator(`[name="${name}"]`).nth(1).isChecked());
  await page.locator('[data-do=erase]').focus();
  await page.keyboard.press('Enter');
  const dialog = page.locator('#_ask');
  await dialog.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.value), 'no', 'the harmless button has the focus');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.equal((await ticked(page)).length, 1, 'Escape erases nothing');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.do), 'erase', 'the focus returns');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await said(page, 'Erased');
  assert.equal((await ticked(page)).length, 0);
  assert.equal(await stored(page), null);
  await page.reload();
  assert.equal((await ticked(page)).length, 0);
  assert.equal((await graded(page)).length, 0);
});

test('a link opened in a fresh browser shows the very plan', async (t) => {
  const { page } = await open(t, { permissions: ['clipboard-read', 'clipboard-write'] });
  const { ticks, grades } = await fill(page);
  await page.locator('[data-do=link]').click();
  await said(page, 'Link copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(link.startsWith(site.at('/plan#plan=1&')), link);
  const other = await newPage(browser, site);
  t.after(other.close);
  const asked = [];
  other.page.on('request', (request) => asked.push(request.url()));
  await other.page.goto(link);
  await said(other.page, 'The plan of the link is shown');
  assert.deepEqual(await ticked(other.page), ticks);
  assert.deepEqual(await graded(other.page), grades);
  assert.equal(new URL(other.page.url()).hash, '', 'the address no longer carries it');
  assert.ok(asked.every((url) => !url.includes(ticks[0] + '.')), 'no request carries it');
  assert.deepEqual(other.problems, []);
});

test('a link never replaces a plan of one’s own unasked', async (t) => {
  const { page } = await open(t);
  const { ticks } = await fill(page);
  const value = await step(page, 4).getAttribute('value');
  const arrive = () => page.evaluate((id) => { location.hash = `plan=1&done=${id}`; }, value);
  await arrive();
  const dialog = page.locator('#_ask');
  await dialog.waitFor();
  assert.match(await dialog.textContent(), /1 ticks|1 tick/);
  await dialog.locator('[value=no]').click();
  assert.deepEqual(await ticked(page), ticks);
  await arrive();
  await dialog.locator('[value=yes]').click();
  await said(page, 'The plan of the link is shown');
  assert.deepEqual(await ticked(page), [value]);
});

test('hostile links are told and lose nothing', async (t) => {
  const { page, problems } = await open(t);
  const { ticks, grades } = await fill(page);
  const before = await stored(page);
  const hostile = [
    'plan=1&done=<img src=x onerror=alert(1)>',
    'plan=1&done=%3Cscript%3Ealert(1)%3C/script%3E',
    'plan=1&skills=python',
    'plan=1&skills=python~alone~more',
    'plan=1&route="]*{}',
    'plan=1&done=__proto__',
    'plan=2&done=a',
    'plan=',
    'plan=%E0%A4%A',
    `plan=1&done=${'a.'.repeat(9000)}`,
  ];
  for (const text of hostile) {
    await page.evaluate(() => { document.getElementById('_notice').hidden = true; });
    await page.evaluate((hash) => { location.hash = hash; }, text);
    await noticed(page, 'holds no plan that this page can read. Yours is as it was.');
    assert.deepEqual(await ticked(page), ticks, text);
    assert.deepEqual(await graded(page), grades, text);
    assert.equal(await stored(page), before, text);
    assert.ok(!(await page.locator('#_ask').isVisible()), text);
  }
  assert.deepEqual(problems, []);
});

test('entries of another edition are told, kept and sent on', async (t) => {
  const value = 'constructor.no-such-step';
  const { page } = await open(t, {}, `#plan=1&done=${value}&skills=astrology~alone`);
  await noticed(page, '3 of its entries are not in this edition. They are kept, and not shown.');
  await step(page, 0).check();
  const kept = await stored(page);
  for (const id of ['constructor', 'no-such-step', 'astrology~alone', await step(page, 0).getAttribute('value')]) {
    assert.ok(kept.includes(id), `${id} in ${kept}`);
  }
});

test('a saved file brings the plan back', async (t) => {
  const { page } = await open(t);
  const { ticks, grades } = await fill(page);
  const download = page.waitForEvent('download');
  await page.locator('[data-do=save]').click();
  const file = join(folder, 'plan.json');
  await (await download).saveAs(file);
  const data = JSON.parse(await readFile(file, 'utf8'));
  assert.deepEqual(data.done, ticks);
  const other = await open(t);
  await other.page.locator('#_file').setInputFiles(file);
  await said(other.page, 'The plan of the file is shown');
  assert.deepEqual(await ticked(other.page), ticks);
  assert.deepEqual(await graded(other.page), grades);
  assert.deepEqual(other.problems, []);
});

test('a file that holds no plan is told and loses nothing', async (t) => {
  const { page, problems } = await open(t);
  const { ticks } = await fill(page);
  const wrong = {
    'empty.json': '',
    'text.json': 'not JSON',
    'null.json': 'null',
    'list.json': '[1, 2]',
    'numbers.json': '{"plan":1,"done":[{}],"skills":[]}',
    'smuggled.json': '{"plan":1,"route":"a&done=<b>","done":["x&plan=1"],"skills":{"a":"b c"}}',
    'large.json': `{"plan":1,"done":["${'a'.repeat(200_000)}"]}`,
  };
  for (const [name, text] of Object.entries(wrong)) {
    const file = join(folder, name);
    await writeFile(file, text);
    await page.evaluate(() => { document.getElementById('_notice').hidden = true; });
    await page.locator('#_file').setInputFiles(file);
    await noticed(page, 'The file holds no plan that this page can read. Yours is as it was.')
      .catch(() => assert.fail(`${name} is not told`));
    assert.deepEqual(await ticked(page), ticks, name);
  }
  assert.deepEqual(problems, []);
});

test('where nothing can be kept the reader is told, and the link still works', async (t) => {
  const opened = await newPage(browser, site);
  t.after(opened.close);
  const { page, problems } = opened;
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } });
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });
  });
  await page.goto(site.at('/plan'));
  await step(page, 1).check();
  await noticed(page, 'This browser lets nothing be kept');
  await page.locator('[data-do=link]').click();
  await noticed(page, `#plan=1&route=&done=${await step(page, 1).getAttribute('value')}`);
  assert.deepEqual(problems, []);
});

test('a printed plan shows its ticks and no buttons', async (t) => {
  const { page } = await open(t);
  await fill(page);
  await page.emulateMedia({ media: 'print' });
  assert.ok(!(await page.locator('#_keep').isVisible()));
  assert.ok(await page.locator('#_next > li:visible').count() === 2);
  assert.ok(await step(page, 0).isVisible());
  const pdf = await page.pdf({ format: 'A4' });
  assert.ok(pdf.length > 20_000);
});

for (const [width, scheme] of [[320, 'light'], [1440, 'dark']]) {
  test(`pictures fit and can be read at ${width} pixels, ${scheme}`, async (t) => {
    const { page, problems } = await newPage(browser, site, {
      viewport: { width, height: 800 }, colorScheme: scheme,
    }).then((opened) => { t.after(opened.close); return opened; });
    for (const path of ['/', '/guide/responsibilities', '/guide/skills', '/guide/certifications', '/guide/getting-started']) {
      await page.goto(site.at(path));
      const seen = await page.locator('svg.pic:visible').evaluateAll((all) => all.map((svg) => {
        const box = svg.getBoundingClientRect();
        const wrong = [];
        for (const text of svg.querySelectorAll('text')) {
          const { left, right, bottom } = text.getBoundingClientRect();
          if (left < -1 || right > document.documentElement.clientWidth + 1) wrong.push(`${text.textContent} stands out`);
          if (bottom > box.bottom + 2) wrong.push(`${text.textContent} hangs below`);
          if (parseFloat(getComputedStyle(text).fontSize) < 12) wrong.push(`${text.textContent} is too small`);
        }
        const name = document.getElementById(svg.getAttribute('aria-labelledby')).textContent;
        const words = document.getElementById(svg.getAttribute('aria-describedby')).textContent;
        return { wrong, named: name.length > 5 && words.length > 40 };
      }));
      assert.equal(seen.length, 1, path);
      assert.deepEqual(seen[0], { wrong: [], named: true }, path);
    }
    assert.deepEqual(problems, []);
  });
}

test('a picture by itself follows the reader’s scheme and shows its title', async (t) => {
  const colours = [];
  for (const colorScheme of ['light', 'dark']) {
    const { page, close } = await newPage(browser, site, { colorScheme });
    t.after(close);
    await page.goto(site.at('/guide/skills'));
    const [svg, png] = await page.locator('.picture figcaption a').evaluateAll((all) => all.map((a) => a.href));
    const answer = await page.request.get(png);
    assert.equal(answer.headers()['content-type'], 'image/png');
    assert.ok((await answer.body()).length > 10_000);
    await page.goto(svg);
    assert.ok(await page.locator('text.title').first().isVisible());
    colours.push(await page.locator('rect.p').evaluate((rect) => getComputedStyle(rect).fill));
  }
  assert.notEqual(colours[0], colours[1]);
});
