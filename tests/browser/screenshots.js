// Takes the pictures of the comparison that README.md shows, from the real page, in light and dark:
// npm --prefix tests/browser run screenshots
// Not a `.test.js`: it checks nothing, and fonts differ from machine to machine. Run it when the page has
// changed, and look at what it writes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch, newPage } from './support/browser.js';
import { startSite } from './support/site.js';

const FOLDER = fileURLToPath(new URL('../../docs/', import.meta.url));
const VIEW = '/compare?level=mid&level=senior&currency=usd&group=level&source=none';
// As wide as README is shown, with half as many dots again, so that text stays sharp on most screens.
const SCALE = 1.5;
const OPTIONS = { viewport: { width: 820, height: 1000 } };
// A README is read on slow lines too, where a PNG of this size would have 180 KB.
const FORMAT = { format: 'webp', quality: 65 };
const MAX_BYTES = 80_000;

/** From the headline to the last chart. */
const resultOf = (page) =>
  page.evaluate(() => {
    const { top } = document.querySelector('#_message').getBoundingClientRect();
    const { bottom } = document.querySelector('.charts').getBoundingClientRect();
    return { x: 0, y: top - 24, width: innerWidth, height: bottom - top + 48 };
  });

mkdirSync(FOLDER, { recursive: true });
const site = await startSite();
const browser = await launch();
try {
  for (const colorScheme of ['light', 'dark']) {
    const { page, problems, close } = await newPage(browser, site, { ...OPTIONS, colorScheme });
    await page.goto(site.at(VIEW));
    // Playwright itself writes no WebP.
    const session = await page.context().newCDPSession(page);
    const clip = { ...(await resultOf(page)), scale: SCALE };
    const shot = { ...FORMAT, clip, captureBeyondViewport: true };
    const { data } = await session.send('Page.captureScreenshot', shot);
    const picture = Buffer.from(data, 'base64');
    const path = `${FOLDER}compare-${colorScheme}.webp`;
    writeFileSync(path, picture);
    console.log(`${path}: ${picture.length} bytes`);
    if (problems.length) throw new Error(problems.join('\n'));
    if (picture.length > MAX_BYTES) throw new Error(`more than ${MAX_BYTES} bytes`);
    await close();
  }
} finally {
  await browser.close();
  await site.stop();
}
