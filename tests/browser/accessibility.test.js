// Every rule of WCAG 2.2 A and AA that a program can check, and what axe calls best practice, on
// every page in both schemes. There is no list of exceptions.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import axe from 'axe-core';
import { launch, newPage, unfold } from './support/browser.js';
import { COMPARISONS, EMBEDS, MISSING, SEARCHES, listPages, startSite } from './support/site.js';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
// A scheme and a width together, so that four runs are not needed.
const LOOKS = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 360 },
];

const site = await startSite();
const browser = await launch();
const views = [...(await listPages(site)), ...COMPARISONS, ...EMBEDS, ...SEARCHES, MISSING];

after(async () => {
  await browser.close();
  await site.stop();
});

for (const view of views) {
  test(view.slice(0, 90), async (t) => {
    const { page, close } = await newPage(browser, site);
    t.after(close);
    await page.goto(site.at(view));
    await page.evaluate(axe.source);
    await unfold(page);
    for (const { colorScheme, width } of LOOKS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      const found = await page.evaluate(async (values) => {
        const { violations, incomplete, passes } = await window.axe.run(document, {
          runOnly: { type: 'tag', values },
          resultTypes: ['violations'],
        });
        const told = (rules) => rules.flatMap(({ id, nodes }) =>
          nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')}`));
        return { violations: told(violations), incomplete: incomplete.length, passes: passes.length };
      }, TAGS);
      assert.deepEqual(found.violations, [], `${colorScheme}, ${width} px`);
      assert.ok(found.passes > 10, `only ${found.passes} rules found anything to check`);
    }
  });
}
