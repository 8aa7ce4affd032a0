// Every page as people read it: at every width, by keyboard, without scripts, printed.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { launch, newPage, unfold } from './support/browser.js';
import { COMPARISONS, EMBEDS, MISSING, SEARCHES, listPages, startSite } from './support/site.js';

const WIDTHS = [320, 360, 768, 1440, 1920];
// Text at twice its size on the smallest laptop is this wide.
const ZOOMED = { viewport: { width: 640, height: 512 }, deviceScaleFactor: 2 };

const site = await startSite();
const under = await startSite('/careers');
const browser = await launch();
const pages = await listPages(site);
const views = [...pages, ...COMPARISONS, ...EMBEDS, ...SEARCHES, MISSING];

after(async () => {
  await browser.close();
  await Promise.all([site.stop(), under.stop()]);
});

async function visit(view, options, host = site) {
  const expect = view === MISSING ? 404 : 200;
  const opened = await newPage(browser, host, options, expect);
  const answer = await opened.page.goto(host.at(view));
  assert.equal(answer.status(), expect, view);
  return opened;
}

// What is read: without controls, which scripts may add, and without whole addresses, which only
// they know.
const proseOf = (page) =>
  page.locator('main, body.embed').first().evaluate((main) => {
    const copy = main.cloneNode(true);
    for (const node of copy.querySelectorAll('button, [role=status], #_snippet')) node.remove();
    return copy.textContent.replace(/\s+/g, ' ').trim();
  });

// What stands out to the right, and in which box it could be scrolled into view: none.
const overflowOf = (page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (node) =>
      node && node !== document.body && node !== document.documentElement &&
      (['auto', 'scroll'].includes(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
    const hidden = (node) => node.closest('.vh, [hidden]') !== null;
    const found = [];
    if (document.documentElement.scrollWidth > width) found.push('the page scrolls sideways');
    for (const node of document.body.querySelectorAll('*')) {
      const { right, left, width: wide } = node.getBoundingClientRect();
      if (wide === 0 || right <= width + 1 && left >= -1) continue;
      if (node.closest('svg svg, svg > *') || hidden(node) || scrolls(node.parentElement)) continue;
      if (getComputedStyle(node).position === 'absolute' && right <= 1) continue;
      found.push(`${node.tagName.toLowerCase()}.${node.getAttribute('class') ?? ''}#${node.id} from ${left | 0} to ${right | 0}`);
    }
    return found.slice(0, 5);
  });

describe('every page', { concurrency: 2 }, () => {
  for (const view of views) {
    test(view.slice(0, 90), async (t) => {
      const { page, problems, close } = await visit(view);
      t.after(close);

      await t.test('is one document with one title and ids of its own', async () => {
        const found = await page.evaluate(() => ({
          language: document.documentElement.lang,
          title: document.title,
          titles: document.querySelectorAll('h1').length,
          mains: document.querySelectorAll('main').length,
          ids: [...document.querySelectorAll('[id]')].map((node) => node.id),
          mode: document.compatMode,
        }));
        assert.equal(found.mode, 'CSS1Compat');
        assert.notEqual(found.language, '');
        assert.notEqual(found.title, '');
        assert.equal(found.titles, 1);
        assert.equal(found.mains, 1);
        assert.deepEqual(found.ids.filter((id, at) => found.ids.indexOf(id) !== at), []);
      });

      await t.test('fits every width, folded and unfolded', async () => {
        for (const unfolded of [false, true]) {
          if (unfolded) await unfold(page);
          for (const width of WIDTHS) {
            await page.setViewportSize({ width, height: 900 });
            assert.deepEqual(await overflowOf(page), [], `${width} px`);
          }
        }
      });

      await t.test('leaves room for wider letters and lines', async () => {
        // The distances of WCAG 1.4.12, at the width of a phone.
        await page.setViewportSize({ width: 360, height: 900 });
        await page.evaluate(() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(
            '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }',
          );
          document.adoptedStyleSheets = [sheet];
        });
        assert.deepEqual(await overflowOf(page), []);
        await page.evaluate(() => { document.adoptedStyleSheets = []; });
      });

      await t.test('shows its text in print', async () => {
        await page.emulateMedia({ media: 'print' });
        const text = await page.locator('h1').innerText();
        const height = await page.locator('main').evaluate((main) => main.getBoundingClientRect().height);
        await page.emulateMedia({ media: null });
        assert.notEqual(text.trim(), '');
        assert.ok(height > 100, `${height} px of text`);
      });

      await t.test('stands still where motion is not wanted', async () => {
        await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
        const moving = await page.evaluate(() =>
          [...document.querySelectorAll('*')]
            .filter((node) => {
              const { animationName, animationDuration, transitionDuration } = getComputedStyle(node);
              const long = (text) => text.split(', ').some((time) => parseFloat(time) > 0.01);
              return long(transitionDuration) || (animationName !== 'none' && long(animationDuration));
            })
            .map((node) => node.outerHTML.slice(0, 80)),
        );
        await page.emulateMedia({ reducedMotion: null, forcedColors: null });
        assert.deepEqual(moving, []);
      });

      await t.test('says the same without scripts', async (t) => {
        const plain = await visit(view, { javaScriptEnabled: false });
        t.after(plain.close);
        // The plan is a tool; what it is without scripts, plan.test.js says.
        if (view !== '/plan') assert.equal(await proseOf(plain.page), await proseOf(page));
        assert.deepEqual(plain.problems, []);
      });

      await t.test('says nothing in the console and asks no other host', () => {
        assert.deepEqual(problems, []);
      });
    });
  }
});

describe('below a path of the host', { concurrency: 2 }, () => {
  for (const view of views) {
    test(view.slice(0, 90), async (t) => {
      const { page, problems, close } = await visit(view, {}, under);
      t.after(close);
      const outside = await page.evaluate((base) => {
        const nodes = document.querySelectorAll('[href], [src], [action]');
        const own = [...nodes].flatMap((node) => [node.href?.baseVal ?? node.href, node.src, node.action]);
        return own.filter((url) => typeof url === 'string' && url.startsWith(location.origin) &&
          !url.startsWith(`${base}/`) && url !== base);
      }, under.at(''));
      assert.deepEqual(outside, []);
      assert.deepEqual(problems, []);
    });
  }
});

test('every link and every anchor leads somewhere', async () => {
  const read = new Map();
  const fetched = async (url) => {
    if (!read.has(url)) {
      const answer = await fetch(url);
      const text = await answer.text();
      const ids = [...text.matchAll(/\sid="?([^"\s>]+)/g)].map(([, id]) => id);
      const links = answer.headers.get('content-type').startsWith('text/html')
        ? [...text.matchAll(/\s(?:href|src|action)="([^"]*)"/g)].map(([, link]) => link.replace(/&(?:amp|#38);/g, '&'))
        : [];
      read.set(url, { status: answer.status, landed: answer.url, ids: new Set(ids), links });
    }
    return read.get(url);
  };
  const broken = [];
  const todo = views.map((view) => ({ url: site.at(view), from: 'the list of pages' }));
  const seen = new Set();
  while (todo.length) {
    const { url, from } = todo.pop();
    const [address, anchor] = url.split('#');
    const { status, landed, ids, links } = await fetched(address);
    const wanted = address === site.at(MISSING) ? 404 : 200;
    if (status !== wanted) broken.push(`${from}: ${url} answers ${status}`);
    if (landed !== address) broken.push(`${from}: ${url} is only a redirect to ${landed}`);
    if (anchor && !ids.has(decodeURIComponent(anchor))) broken.push(`${from}: ${url} has no such anchor`);
    // Pages of the comparison link to further ones without end: those are asked, not followed.
    const follow = views.some((view) => site.at(view) === address);
    for (const link of follow ? links : []) {
      const target = new URL(link, address).href;
      if (!target.startsWith(site.origin) || seen.has(target)) continue;
      seen.add(target);
      todo.push({ url: target, from: address });
    }
  }
  assert.deepEqual(broken, []);
  assert.ok(seen.size > 50, `only ${seen.size} links`);
});

test('text at 200 % fits a small laptop', async (t) => {
  const { page, close } = await visit('/', ZOOMED);
  t.after(close);
  for (const view of views) {
    await page.goto(site.at(view));
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    assert.deepEqual(await overflowOf(page), [], view);
  }
});

describe('by keyboard', () => {
  for (const view of ['/', '/guide/skills', '/guide/salaries', '/compare', '/salaries/in', '/sources']) {
    test(`${view}: every control is reached, and one sees where one is`, async (t) => {
      // Without motion, so that what fades in is there at once.
      const { page, close } = await visit(view, { reducedMotion: 'reduce' });
      t.after(close);
      await page.keyboard.press('Tab');
      const skip = await page.evaluate(() => document.activeElement.getAttribute('href'));
      assert.equal(skip, '#_main', 'the first thing to reach is the way past the menu');
      const box = await page.locator(':focus').boundingBox();
      assert.ok(box.width > 40 && box.x >= 0 && box.y >= 0, 'the skip link shows itself');

      await page.evaluate(() => {
        window.reached = new Set([document.activeElement]);
        window.unseen = [];
      });
      for (let steps = 0; steps < 1500; steps++) {
        await page.keyboard.press('Tab');
        const done = await page.evaluate(() => {
          const node = document.activeElement;
          if (node === document.body || window.reached.has(node)) return true;
          window.reached.add(node);
          const ring = [node, node.closest('label'), ...node.querySelectorAll('svg, span')]
            .filter(Boolean)
            .map((one) => getComputedStyle(one))
            .some((style) => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none');
          const { width, height } = node.getBoundingClientRect();
          if (!ring || width < 1 || height < 1 || getComputedStyle(node).opacity === '0') {
            window.unseen.push(node.outerHTML.slice(0, 120));
          }
          return false;
        });
        if (done) break;
      }
      const { missed, unseen } = await page.evaluate(() => {
        const controls = document.querySelectorAll('a[href], button, input, select, summary, textarea');
        const shown = (node) => node.checkVisibility({ visibilityProperty: true }) &&
          node.type !== 'hidden' && !node.disabled && node.tabIndex >= 0;
        // One tab reaches a group of radio buttons.
        const missed = [...controls].filter((node) => shown(node) && node.type !== 'radio' && !window.reached.has(node));
        return { missed: missed.map((node) => node.outerHTML.slice(0, 120)), unseen: window.unseen };
      });
      assert.deepEqual(missed, []);
      assert.deepEqual(unseen, []);
    });
  }

  test('the skip link leads past the menu', async (t) => {
    const { page, close } = await visit('/guide/skills');
    t.after(close);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#_main$/);
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement.closest('main') !== null));
  });

  test('every heading of a section has a link to itself', async (t) => {
    const { page, close } = await visit('/guide/skills');
    t.after(close);
    const headings = page.locator('main :is(h2, h3)[id]:has(a.anchor)');
    assert.ok((await headings.count()) >= 8);
    const anchor = headings.nth(1).locator('a.anchor');
    const id = await headings.nth(1).getAttribute('id');
    await anchor.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.hash === `#${id}`);
  });
});

describe('the theme', () => {
  const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  test('follows the system until one is chosen, and then stays', async (t) => {
    const { page, problems, close } = await visit('/', { colorScheme: 'light' });
    t.after(close);
    const light = await paper(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await paper(page);
    assert.notEqual(light, dark);

    const button = page.locator('button.theme');
    const chosen = () => page.evaluate(() => document.documentElement.dataset.theme);
    for (let presses = 0; (await chosen()) !== 'light'; presses++) {
      assert.ok(presses < 3, 'no press leads to the light theme');
      await button.click();
    }
    assert.equal(await paper(page), light);
    await page.goto(site.at('/guide/skills'));
    assert.equal(await chosen(), 'light');
    assert.equal(await paper(page), light);
    assert.deepEqual(problems, []);
  });

  test('is there before anything is painted', async (t) => {
    const { page, close } = await visit('/', { colorScheme: 'light' });
    t.after(close);
    await page.evaluate(() => localStorage.setItem('theme', 'dark'));
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (!document.documentElement?.dataset.theme) return;
        window.themed = performance.now();
        observer.disconnect();
      }).observe(document, { attributes: true, childList: true, subtree: true });
    });
    await page.reload();
    const { themed, painted } = await page.evaluate(
      () => new Promise((resolve) => {
        new PerformanceObserver((list) => resolve({ themed: window.themed, painted: list.getEntries()[0].startTime }))
          .observe({ type: 'paint', buffered: true });
      }),
    );
    assert.ok(themed < painted, `themed after ${themed} ms, painted after ${painted} ms`);
  });

  test('cannot be switched where there are no scripts, and the switch hides', async (t) => {
    const { page, close } = await visit('/', { javaScriptEnabled: false });
    t.after(close);
    assert.ok(await page.locator('button.theme').isHidden());
  });
});
