// What assistive technology is told of the parts that a sighted reader takes in at a glance: the
// menu, the table and the charts; and that these stay to be seen where the reader sets the colours.
// `UPDATE=1` writes the snapshots anew.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, describe, test } from 'node:test';
import { launch, visit } from './support/browser.js';
import { startSite } from './support/site.js';

const VIEW = '/compare?country=in&country=gb&level=mid&level=senior&currency=gbp&source=adlib';

const site = await startSite();
const browser = await launch();

after(async () => {
  await browser.close();
  await site.stop();
});

const open = async (t, address, options) => (await visit(t, browser, site, address, options)).page;

describe('what is read out', () => {
  for (const [name, address, selector] of [
    ['menu', '/guide/skills', 'header'],
    ['places', '/guide/skills', '.crumbs'],
    ['contents', '/guide/skills', '.contents'],
    ['form', VIEW, 'form.ask'],
    ['charts', VIEW, '.charts'],
    ['table', VIEW, 'table.pay'],
  ]) {
    test(`${name} of ${address.slice(0, 40)}`, async (t) => {
      const page = await open(t, address);
      const told = `${await page.locator(selector).first().ariaSnapshot()}\n`;
      const file = new URL(`snapshots/${name}.aria.yml`, import.meta.url);
      if (process.env.UPDATE) await writeFile(file, told);
      assert.equal(told, await readFile(file, 'utf8'));
    });
  }
});

describe('where the reader sets the colours', () => {
  for (const address of [VIEW, '/guide/salaries', '/salaries/us']) {
    test(`bars and words of ${address.slice(0, 40)} stand out from the page`, async (t) => {
      const page = await open(t, address, { forcedColors: 'active' });
      const { seen, lost } = await page.evaluate(() => {
        const paper = getComputedStyle(document.body).backgroundColor;
        const drawn = [...document.querySelectorAll('svg.chart :is(rect, circle, text)')]
          .filter((part) => !part.closest('defs'));
        const hidden = drawn.filter((part) => {
          const { fill, stroke } = getComputedStyle(part);
          const shows = (paint) => paint !== 'none' && paint !== paper && !/^rgba\(.*, 0\)$/.test(paint);
          return !shows(fill) && !shows(stroke);
        });
        return { seen: drawn.length, lost: hidden.map((part) => part.outerHTML.slice(0, 120)) };
      });
      assert.ok(seen > 10, `only ${seen} parts`);
      assert.deepEqual(lost, []);
    });
  }
});
