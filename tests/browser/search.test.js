// The search as a person uses it: without scripts, by keyboard alone, on a slow network and on one
// that fails.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import axe from 'axe-core';
import { complete, launch, visit } from './support/browser.js';
import { startSite } from './support/site.js';

const site = await startSite('/careers');
const browser = await launch();

after(async () => {
  await browser.close();
  await site.stop();
});

async function open(t, address, options) {
  const opened = await visit(t, browser, site, address, options);
  if (options?.javaScriptEnabled !== false) await complete(opened.page);
  return opened;
}

const dialog = (page) => page.locator('dialog.finder');
const chosen = (page) => page.locator('.finder [aria-selected=true]');
const said = (page) => page.locator('.finder [role=status]');

/** Opens the dialog and types; waits for what it says of the last letter. */
async function ask(page, query, key = '/') {
  await page.keyboard.press(key);
  await dialog(page).waitFor({ state: 'visible' });
  await page.keyboard.type(query);
  await page.waitForFunction(
    (text) => document.querySelector('.finder [role=status]').textContent.includes(`“${text}”`), query);
}

describe('without scripts', () => {
  test('the link in the header, the field and a result lead to the very heading', async (t) => {
    const { page, problems } = await open(t, '/guide/outlook', { javaScriptEnabled: false });
    await page.locator('.masthead').getByRole('link', { name: 'Search' }).click();
    await page.getByLabel('Search the guide').fill('kuberntes');
    await page.keyboard.press('Enter');
    await page.waitForURL(/search\?q=kuberntes$/);
    assert.match(await page.locator('#_found').innerText(), /“kuberntes” stands nowhere/);
    assert.ok((await page.locator('.hits mark').allInnerTexts()).includes('Kubernetes'));
    await page.locator('.hits a').first().click();
    await page.waitForURL(site.at('/guide/skills#mlops'));
    assert.deepEqual(problems, []);
  });

  test('a page that does not exist searches for what its address says', async (t) => {
    const { page } = await open(t, '/blog/negotiating-pay.html', { javaScriptEnabled: false });
    await page.getByRole('button', { name: 'Search' }).click();
    await page.waitForURL(/search\?q=negotiating/);
    assert.match(await page.locator('.hits a').first().getAttribute('href'), /#negotiating$/);
  });
});

describe('by keyboard', () => {
  for (const key of ['/', 'Control+k', 'Meta+k']) {
    test(`${key} opens it, arrows choose, Enter goes there`, async (t) => {
      const { page, problems } = await open(t, '/about');
      await ask(page, 'salry india', key);
      const field = page.locator('.finder [role=combobox]');
      assert.equal(await field.getAttribute('aria-expanded'), 'true');
      assert.equal(await field.getAttribute('aria-activedescendant'), null);
      assert.match(await said(page).innerText(), /results for “salry india”.+“salary”/);
      const options = page.locator('.finder [role=option]');
      const count = await options.count();
      assert.ok(count > 2);
      await page.keyboard.press('ArrowUp');
      assert.equal(await field.getAttribute('aria-activedescendant'), `_option-${count - 1}`);
      await page.keyboard.press('ArrowDown');
      assert.equal(await chosen(page).count(), 0, 'after the last stands the field');
      await page.keyboard.press('ArrowDown');
      assert.equal(await field.getAttribute('aria-activedescendant'), '_option-0');
      assert.equal(await chosen(page).count(), 1);
      assert.ok(await field.evaluate((node) => node === document.activeElement), 'the focus stays');
      await page.keyboard.press('Enter');
      await page.waitForURL(site.at('/salaries/in'));
      assert.deepEqual(problems, []);
    });
  }

  test('Enter without a choice opens the page of results', async (t) => {
    const { page } = await open(t, '/about');
    await ask(page, 'python');
    await page.keyboard.press('Enter');
    await page.waitForURL(site.at('/search?q=python'));
  });

  test('Escape closes it and gives the focus back', async (t) => {
    const { page } = await open(t, '/guide/skills');
    const link = page.locator('.masthead').getByRole('link', { name: 'Search' });
    await link.focus();
    await page.keyboard.press('Enter');
    await dialog(page).waitFor({ state: 'visible' });
    await page.keyboard.type('pay');
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'hidden' });
    assert.ok(await link.evaluate((node) => node === document.activeElement));
    await page.keyboard.press('/');
    await dialog(page).waitFor({ state: 'visible' });
    assert.equal(await page.locator('.finder [name=q]').inputValue(), 'pay', 'what was typed is kept');
  });

  test('a choice on the same page closes it and leads there', async (t) => {
    const { page } = await open(t, '/guide/skills');
    await ask(page, 'observability');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/skills#observability$/);
    await dialog(page).waitFor({ state: 'hidden' });
  });

  test('a slash in a field is a slash, and the key can be turned off', async (t) => {
    const { page } = await open(t, '/compare');
    await page.locator('summary', { hasText: 'My figure' }).click();
    await page.locator('[name=offer]').focus();
    await page.keyboard.press('/');
    assert.equal(await page.locator('[name=offer]').inputValue(), '/');
    await page.locator('h1').click();
    await page.keyboard.press('/');
    await dialog(page).waitFor({ state: 'visible' });
    await page.getByLabel('Open with the / key').uncheck();
    await page.keyboard.press('Escape');
    await page.goto(site.at('/about'));
    await page.locator('.copied').waitFor({ state: 'attached' });
    await page.keyboard.press('/');
    await page.waitForTimeout(300);
    assert.equal(await dialog(page).count(), 0);
    await page.keyboard.press('Control+k');
    await dialog(page).waitFor({ state: 'visible' });
  });

  test('on the search page itself it is the field', async (t) => {
    const { page } = await open(t, '/search?q=pay');
    await page.keyboard.press('/');
    await page.waitForFunction(() => document.activeElement.id === '_q');
    assert.equal(await dialog(page).count(), 0);
  });
});

describe('what it shows', () => {
  test('passes axe with results, in both schemes', async (t) => {
    const { page } = await open(t, '/guide/skills');
    await page.evaluate(axe.source);
    await ask(page, 'salry');
    await page.keyboard.press('ArrowDown');
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1440, 320]) {
        await page.setViewportSize({ width, height: 800 });
        const { violations } = await page.evaluate(() => window.axe.run(document));
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), [], `${colorScheme} ${width}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        assert.ok(!wide, `${width} px are exceeded`);
      }
    }
  });

  test('nothing of it is fetched before it is asked for', async (t) => {
    const { page } = await open(t, '/about');
    const fetched = () => page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /(search|dialog)\./.test(name)));
    assert.deepEqual(await fetched(), []);
    await ask(page, 'pay');
    assert.equal((await fetched()).length, 2, 'a script and a style sheet');
  });

  test('what is asked is never markup', async (t) => {
    const { page, problems } = await open(t, '/about');
    await ask(page, '<img src=x onerror=alert(1)> pay');
    assert.equal(await page.locator('.finder img').count(), 0);
    assert.deepEqual(problems, []);
  });
});

// What the worker keeps would come in spite of the network.
const ALONE = { serviceWorkers: 'block' };

describe('on a bad network', () => {
  test('a slow answer to an earlier question never replaces that to a later one', async (t) => {
    const { page } = await open(t, '/about', ALONE);
    await page.route(/search\?q=p$/, async (route) => {
      await new Promise((done) => { setTimeout(done, 1500); });
      await route.continue().catch(() => {});
    });
    await page.keyboard.press('/');
    await dialog(page).waitFor({ state: 'visible' });
    await page.keyboard.type('p');
    await page.waitForTimeout(300);
    await page.keyboard.type('ython');
    await page.waitForFunction(() => document.querySelector('.finder [role=status]').textContent.includes('“python”'));
    await page.waitForTimeout(1800);
    assert.match(await said(page).innerText(), /“python”/);
    assert.match(await page.locator('.finder [role=option]').first().getAttribute('href'), /#python$/);
  });

  test('when answers do not come, the form still leads to the page', async (t) => {
    const { page } = await open(t, '/about', ALONE);
    let failing = true;
    await page.route(/search\?q=/, (route) => (failing ? route.abort() : route.continue()));
    await page.keyboard.press('/');
    await dialog(page).waitFor({ state: 'visible' });
    await page.keyboard.type('python');
    await page.waitForFunction(() => /do not come/.test(document.querySelector('.finder [role=status]').textContent));
    failing = false;
    await page.keyboard.press('Enter');
    await page.waitForURL(site.at('/search?q=python'));
  });

  test('when the script does not come, the link does its work', async (t) => {
    for (const part of [/assets\/search\.[0-9a-f]+\.js/, /assets\/dialog\.[0-9a-f]+\.css/]) {
      const { page } = await open(t, '/about', ALONE);
      await page.route(part, (route) => route.abort());
      await page.locator('.masthead').getByRole('link', { name: 'Search' }).click();
      await page.waitForURL(site.at('/search'));
    }
  });
});
