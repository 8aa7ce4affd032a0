// What readers take along: links to headings, the guide as a file, and pages without a connection.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { after, describe, test } from 'node:test';
import { complete, launch, newPage } from './support/browser.js';
import { freePort, startSite } from './support/site.js';

const CONTENT = fileURLToPath(new URL('../../content', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'keeping-'));

/** A copy of the shipped guide with some of its text otherwise. */
function edition(name, replacements) {
  const copy = join(folder, name);
  cpSync(CONTENT, copy, { recursive: true });
  for (const [file, from, to] of replacements) {
    const path = join(copy, file);
    const text = readFileSync(path, 'utf8');
    assert.ok(text.match(from), `${file} has no ${from}`);
    writeFileSync(path, text.replace(from, to));
  }
  return copy;
}

const heading = /^## (.*) \{#([a-z-]+)\}$/m;
const [, , FIRST] = readFileSync(join(CONTENT, 'guide/skills.md'), 'utf8').match(heading);
const renamed = edition('renamed', [
  ['guide/skills.md', heading, '## $1 {#of-a-new-name alias=$2}'],
]);

const site = await startSite('', { content: renamed });
const browser = await launch();

after(async () => {
  await browser.close();
  await site.stop();
  rmSync(folder, { recursive: true });
});

describe('the link of a heading', () => {
  const anchorOf = (page) => page.locator('main h2 a.anchor').first();
  const copied = (page) => page.evaluate(() => navigator.clipboard.readText());
  const permissions = ['clipboard-read', 'clipboard-write'];
  const goto = async (page, address) => {
    await page.goto(site.at(address));
    await complete(page);
  };

  test('is copied by a click, and that is said', async (t) => {
    const { page, problems, close } = await newPage(browser, site, { permissions });
    t.after(close);
    await goto(page, '/guide/skills?from=elsewhere');
    await anchorOf(page).click();
    await page.getByRole('status').filter({ hasText: 'Link copied' }).waitFor();
    assert.equal(await copied(page), site.at('/guide/skills#of-a-new-name'));
    assert.match(page.url(), /#of-a-new-name$/);
    assert.deepEqual(problems, []);
  });

  test('is reached, seen and copied by keyboard', async (t) => {
    const { page, close } = await newPage(browser, site, { permissions });
    t.after(close);
    await goto(page, '/guide/skills');
    const anchor = anchorOf(page);
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press('Tab');
      if (await anchor.evaluate((node) => node === document.activeElement)) break;
    }
    await page.waitForTimeout(200);
    assert.equal(await anchor.evaluate((node) => getComputedStyle(node).opacity), '1');
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Link copied' }).waitFor();
    assert.equal(await copied(page), site.at('/guide/skills#of-a-new-name'));
  });

  test('is handed to the phone, where there is a finger', async (t) => {
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
    const { page, close } = await newPage(browser, site, phone);
    t.after(close);
    await page.addInitScript(() => {
      navigator.share = async (what) => { window.shared = what; };
    });
    await goto(page, '/guide/skills');
    const anchor = anchorOf(page);
    assert.equal(await anchor.evaluate((node) => getComputedStyle(node).opacity), '1');
    await anchor.tap();
    const shared = await page.evaluate(() => window.shared);
    assert.equal(shared.url, site.at('/guide/skills#of-a-new-name'));
    assert.equal(shared.title, await page.title());
  });

  test('is a plain link without scripts', async (t) => {
    const { page, close } = await newPage(browser, site, { javaScriptEnabled: false });
    t.after(close);
    await page.goto(site.at('/guide/skills'));
    await anchorOf(page).click();
    assert.equal(page.url(), site.at('/guide/skills#of-a-new-name'));
  });
});

describe('a renamed heading', () => {
  for (const javaScriptEnabled of [true, false]) {
    for (const [path, id] of [['/guide/skills', ''], ['/guide', 'skills.']]) {
      test(`keeps its old link on ${path} ${javaScriptEnabled ? 'with' : 'without'} scripts`, async (t) => {
        const { page, problems, close } = await newPage(browser, site, { javaScriptEnabled });
        t.after(close);
        await page.goto(site.at(`${path}#${id}${FIRST}`));
        const box = await page.locator(`[id="${id}of-a-new-name"]`).boundingBox();
        assert.ok(box.y >= 0 && box.y < 200, `the heading stands at ${box.y}`);
        // With scripts the address bar says the new name, once the page stands.
        const hash = javaScriptEnabled ? `${id}of-a-new-name` : `${id}${FIRST}`;
        await page.waitForURL((url) => url.hash === `#${hash}`);
        assert.deepEqual(problems, []);
      });
    }
  }

  test('is marked in the contents of the page, as is what is read later', async (t) => {
    const { page, close } = await newPage(browser, site);
    t.after(close);
    await page.goto(site.at(`/guide/skills#${FIRST}`));
    const marked = page.locator('.here [aria-current]');
    await marked.and(page.locator('[href="#of-a-new-name"]')).waitFor();
    const last = page.locator('.here a').last();
    const hash = await last.getAttribute('href');
    await page.locator(hash).scrollIntoViewIfNeeded();
    await page.evaluate((id) => document.querySelector(id).scrollIntoView(), hash);
    await marked.and(page.locator(`[href="${hash}"]`)).waitFor();
    assert.equal(await marked.count(), 1);
  });
});

describe('the guide as one file', () => {
  const keep = async (from) => {
    const answer = await fetch(from.at('/guide.html'));
    assert.match(answer.headers.get('content-disposition'), /^attachment; filename="guide-.*\.html"$/);
    const file = join(folder, `kept-${from.path.length}.html`);
    writeFileSync(file, await answer.text());
    return pathToFileURL(file).href;
  };

  test('is whole when opened from a disk: dressed, linked, dated, and asking for nothing', async (t) => {
    const file = await keep(site);
    const { page, problems, close } = await newPage(browser, { origin: 'null' });
    t.after(close);
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(file);
    assert.deepEqual(asked, [file]);
    assert.deepEqual(problems.filter((problem) => !problem.includes(file)), []);

    const family = await page.locator('h1').evaluate((node) => getComputedStyle(node).fontFamily);
    assert.match(family, /Iowan/, 'the style sheet holds');
    const { edition: name } = await readEdition();
    assert.match(await page.locator('.head .meta').first().innerText(), new RegExp(`Edition ${name}: figures as of`));
    assert.ok((await page.locator('svg').count()) > 0);

    const links = await page.locator('a[href]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    const ids = new Set(await page.locator('[id]').evaluateAll((all) => all.map((node) => node.id)));
    for (const link of links) {
      if (link.startsWith('#')) assert.ok(ids.has(link.slice(1)), link);
      else assert.match(link, /^(https?:|mailto:)/);
    }
    assert.ok(links.some((link) => link.startsWith(`${site.origin}/compare`)));
    await page.locator('.toc a').nth(1).click();
    assert.match(page.url(), /#[a-z-]+/);
    assert.deepEqual(asked, [file]);
  });

  test('may run no script, even if one is put into it', async (t) => {
    const file = await keep(site);
    const changed = join(folder, 'changed.html');
    const text = readFileSync(new URL(file), 'utf8');
    writeFileSync(changed, text.replace('</main>', '<script>document.title = "run"</script></main>'));
    const { page, close } = await newPage(browser, { origin: 'null' });
    t.after(close);
    await page.goto(pathToFileURL(changed).href);
    assert.notEqual(await page.title(), 'run');
  });

  test('prints with its contents, all sections, the addresses of its links and its sources', async (t) => {
    const { page, close } = await newPage(browser, { origin: 'null' });
    t.after(close);
    for (const address of [await keep(site), site.at('/guide')]) {
      await page.goto(address);
      const titles = await page.locator('.part > .head > h2').allInnerTexts();
      const pdf = join(folder, 'guide.pdf');
      await page.pdf({ path: pdf, format: 'A4', preferCSSPageSize: true });
      const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
      const sheets = text.split('\f').map((sheet) => sheet.replace(/\s+/g, ' '));
      assert.match(sheets[0], /Contents/);
      for (const title of titles) {
        const own = title.replace(/\s+/g, ' ');
        // Below its number, at the head of a sheet.
        assert.ok(sheets.some((sheet) => sheet.slice(0, own.length + 40).includes(own)), own);
      }
      assert.ok(text.includes('Sources on this page'));
      assert.match(text.replace(/\s+/g, ''), /https:\/\/course\.fast\.ai/);
    }
  });
});

async function readEdition(from = CONTENT) {
  const text = readFileSync(join(from, 'site.toml'), 'utf8');
  return { edition: text.match(/^edition = "(.*)"/m)[1] };
}

describe('without a connection', { concurrency: 1 }, () => {
  const later = edition('later', [
    ['site.toml', /^edition = ".*"/m, 'edition = "2026.12"'],
    ['site.toml', /^date = .*/m, 'date = 2026-12-24'],
  ]);

  /** A page whose worker has taken over and kept what it keeps from the start. */
  const withWorker = async (t, from) => {
    const opened = await newPage(browser, from);
    t.after(opened.close);
    const { page } = opened;
    await page.goto(from.at('/'));
    await page.evaluate(() => new Promise((resolve) => {
      if (navigator.serviceWorker.controller) resolve();
      navigator.serviceWorker.addEventListener('controllerchange', resolve);
    }));
    const ready = () => page.evaluate(async () => (await caches.match('/careers/guide')) !== undefined);
    while (!(await ready())) await page.waitForTimeout(50);
    return opened;
  };
  const banner = (page) => page.locator('.stale');

  test('pages that were read and the guide say that they are copies, of which edition', async (t) => {
    const port = await freePort();
    let from = await startSite('/careers', { port });
    t.after(() => from.stop());
    const { page } = await withWorker(t, from);
    const compare = '/compare?level=mid&country=in';
    const offer = '/compare?country=gb&offer=60123&offer_currency=gbp';
    for (const path of ['/guide/skills', compare, offer]) {
      await page.goto(from.at(path));
      assert.equal(await banner(page).count(), 0, path);
    }
    const { edition: name } = await readEdition();
    await from.stop();

    for (const path of ['/', '/guide/skills', '/guide', compare]) {
      await page.goto(from.at(path));
      assert.match(await banner(page).innerText(), new RegExp(`A copy from this device.*edition ${name.replace('.', '\\.')} of `), path);
      const { background, font } = await page.evaluate(() => ({
        background: getComputedStyle(document.querySelector('.stale')).borderBottomStyle,
        font: getComputedStyle(document.querySelector('h1')).fontFamily,
      }));
      assert.equal(background, 'solid');
      assert.match(font, /Iowan/, 'the style sheet was kept');
    }

    for (const path of ['/sources', offer]) {
      const answer = await page.goto(from.at(path));
      assert.equal(answer.status(), 503);
      assert.match(await page.locator('h1').innerText(), /no connection/);
      const list = await page.locator('#_kept a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
      assert.ok(list.includes('/careers/guide/skills') && list.includes(`/careers${compare}`), list.join());
      assert.ok(!list.join().includes('60123'), list.join());
    }
    const kept = await page.evaluate(async () => {
      const urls = [];
      for (const key of await caches.keys()) {
        for (const request of await (await caches.open(key)).keys()) urls.push(request.url);
      }
      return urls.join(' ');
    });
    assert.doesNotMatch(kept, /60123|compare\.(csv|json)/);

    // The site is back with another edition: it is what is shown, and what is kept.
    from = await startSite('/careers', { port, content: later });
    const loads = [];
    page.on('load', () => loads.push(page.url()));
    await page.goto(from.at('/guide/skills'));
    assert.equal(await banner(page).count(), 0);
    assert.match(await page.locator('.colophon').innerText(), /edition 2026\.12/);
    const versions = () => page.evaluate(async () => (await caches.keys()).map((key) => key.split(' ')[2]));
    const deadline = Date.now() + 15_000;
    for (;;) {
      const all = new Set(await versions());
      if (all.size === 1 && all.has('2026.12')) break;
      assert.ok(Date.now() < deadline, [...all].join());
      await page.waitForTimeout(100);
    }
    assert.deepEqual(loads, [from.at('/guide/skills')], 'a new worker reloads nothing');
    await from.stop();
    // Read in the old edition only, and there in the new one.
    await page.goto(from.at(compare));
    assert.match(await banner(page).innerText(), /edition 2026\.12 of 24 December 2026/);
  });

  test('a browser whose disk is full shows pages all the same', async (t) => {
    const from = await startSite('/careers');
    t.after(() => from.stop());
    const { page, problems, close } = await newPage(browser, from);
    t.after(close);
    const client = await page.context().newCDPSession(page);
    await client.send('Storage.overrideQuotaForOrigin', { origin: from.origin, quotaSize: 1 });
    await page.goto(from.at('/'));
    await page.evaluate(() => navigator.serviceWorker.ready);
    for (const path of ['/guide/skills', '/compare', '/guide']) {
      const answer = await page.goto(from.at(path));
      assert.equal(answer.status(), 200, path);
      assert.equal(await banner(page).count(), 0, path);
    }
    const entries = await page.evaluate(async () => {
      const lists = (await caches.keys()).map(async (key) => (await (await caches.open(key)).keys()).length);
      return (await Promise.all(lists)).reduce((sum, next) => sum + next, 0);
    });
    assert.equal(entries, 0, 'the disk was full');
    assert.deepEqual(problems, []);
  });

  test('a slow answer is not waited for when there is a copy', async (t) => {
    const from = await startSite('/careers');
    t.after(() => from.stop());
    const { page } = await withWorker(t, from);
    await page.goto(from.at('/guide/skills'));
    const worker = page.context().serviceWorkers()[0];
    await worker.evaluate(() => {
      const real = self.fetch;
      self.fetch = (...all) => new Promise((resolve) => setTimeout(resolve, 9000)).then(() => real(...all));
    });
    const start = Date.now();
    await page.goto(from.at('/guide/skills'), { waitUntil: 'domcontentloaded' });
    assert.ok(Date.now() - start < 8000);
    assert.match(await banner(page).innerText(), /A copy/);
  });
});
