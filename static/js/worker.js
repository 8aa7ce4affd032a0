// Keeps pages for when there is no connection. A page comes from the network whenever that answers;
// a copy says which edition it is and that it is one. GUIDE stands before this text: the base path,
// a version (edition and a hash of all pages), what to keep from the start, and a style sheet.
const PATIENCE = 3000; // milliseconds that the network has when there is a copy
const MOST = { core: 100, pages: 40, assets: 60, images: 60 };
const LARGEST = 2_000_000; // bytes of one answer
const family = `guide ${GUIDE.base}/ `;
const name = (kind) => `${family}${GUIDE.version} ${kind}`;
const within = (path) => path.slice(GUIDE.base.length);

// A full disk, or a browser that keeps nothing: the page is shown all the same.
const quietly = (work) => Promise.resolve().then(work).catch(() => undefined);

const keep = async (kind, request, answer) => {
  if (Number(answer.headers.get('content-length')) > LARGEST) return;
  const cache = await caches.open(name(kind));
  await cache.put(request, answer);
  const all = await cache.keys();
  for (const old of all.slice(0, Math.max(0, all.length - MOST[kind]))) await cache.delete(old);
};

const mayBeKept = (answer) =>
  answer.ok && answer.type === 'basic' && !answer.redirected &&
  !/no-store/.test(answer.headers.get('cache-control') ?? '');

const isPage = (answer) => (answer.headers.get('content-type') ?? '').startsWith('text/html');

// Pages that were read before this worker came, in an earlier edition or just now: they are
// fetched anew, so that they stay at hand.
const readBefore = async (old) => {
  const lists = await Promise.all(
    old.filter((key) => key.endsWith(' pages')).map(async (key) => (await caches.open(key)).keys()),
  );
  const open = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const urls = [...lists.flat(), ...open].map(({ url }) => url.split('#')[0]);
  const ours = (url) => url.startsWith(`${location.origin}${GUIDE.base}/`) && !isPrivate(new URL(url));
  return [...new Set(urls.filter(ours))].slice(-MOST.pages);
};

const olderCaches = async () =>
  (await caches.keys()).filter((key) => key.startsWith(family) && !key.startsWith(name('')));

addEventListener('install', (event) => {
  skipWaiting();
  event.waitUntil(quietly(async () => {
    const core = await caches.open(name('core'));
    await Promise.all(GUIDE.core.map((path) => quietly(() => core.add(path))));
  }));
});

addEventListener('activate', (event) => {
  event.waitUntil(quietly(async () => {
    await clients.claim();
    const old = await olderCaches();
    for (const url of await readBefore(old)) {
      await quietly(async () => {
        const answer = await fetch(url);
        if (mayBeKept(answer) && isPage(answer)) await keep('pages', url, answer);
      });
    }
    await Promise.all(old.map((key) => caches.delete(key)));
  }));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (!url.pathname.startsWith(`${GUIDE.base}/`)) return;
  const path = within(url.pathname);
  if (path.startsWith('/assets/')) event.respondWith(asset(event));
  else if (path.startsWith('/images/')) event.respondWith(image(event, url));
  else if (request.mode === 'navigate' && !path.startsWith('/embed/')) {
    event.respondWith(page(event, url));
  }
});

const kept = (request) => quietly(() => caches.match(request, { ignoreVary: true }));

// Hosts of files send readers from /guide to /guide/, which is the same page.
const keptPage = async ({ origin, pathname, search }) => {
  const other = pathname.endsWith('/') ? pathname.slice(0, -1) : `${pathname}/`;
  return (await kept(origin + pathname + search)) ?? kept(origin + other + search);
};

// Keeps a copy of an answer that is on its way to the page.
const keepToo = (event, kind, answer) => {
  const twin = answer.clone();
  event.waitUntil(quietly(() => keep(kind, event.request, twin)));
};

// The hash in its name says that it cannot change.
const asset = async (event) => {
  const copy = await kept(event.request);
  if (copy) return copy;
  const answer = await fetch(event.request);
  if (mayBeKept(answer)) keepToo(event, 'assets', answer);
  return answer;
};

// A picture may show figures, so a copy goes only into a page that says it is one: its pictures
// are asked for with ?kept.
const image = async (event, url) => {
  if (url.search === '?kept') return (await kept(url.origin + url.pathname)) ?? Response.error();
  const answer = await fetch(event.request);
  if (mayBeKept(answer)) keepToo(event, 'images', answer);
  return answer;
};

const patience = () => new Promise((_, reject) => setTimeout(reject, PATIENCE, 'late'));

// What a reader wrote is in no copy and in no address that is kept: an own figure (whose answer is
// no-store besides), or words to search for.
const isPrivate = ({ searchParams }) =>
  ['offer', 'offer_currency', 'q'].some((parameter) => searchParams.has(parameter));

const page = async (event, url) => {
  const fresh = fetch(event.request).then((answer) => {
    if (!isPrivate(url) && mayBeKept(answer) && isPage(answer)) {
      const core = GUIDE.core.includes(url.pathname) && !url.search;
      keepToo(event, core ? 'core' : 'pages', answer);
    }
    return answer;
  });
  // What comes late is kept for the next time.
  event.waitUntil(quietly(() => fresh));
  try {
    const copy = await keptPage(url);
    const answer = await (copy ? Promise.race([fresh, patience()]) : fresh);
    if (copy && [502, 503, 504].includes(answer.status)) throw answer.status;
    return answer;
  } catch {
    const copy = await keptPage(url);
    return (copy && (await asCopy(copy))) ?? (await withoutCopy()) ?? Response.error();
  }
};

// Under the policy that the copy came with.
const html = (text, copy, status = 200) =>
  new Response(text, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': copy.headers.get('content-security-policy') ?? '',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  });

// The page with a line above it: what the footer says of its edition and date. Without that line
// no copy is shown.
const asCopy = async (copy) => {
  const text = await copy.text();
  const edition = /<footer class="colophon">\s*<p>([\s\S]*?<\/time>)/.exec(text)?.[1];
  const head = text.indexOf('</head>');
  const body = /<body[^>]*>/.exec(text);
  if (!edition || head < 0 || !body) return undefined;
  const start = body.index + body[0].length;
  const line =
    `<p class="stale" role="status"><b>A copy from this device,</b> because the site did not ` +
    `answer: ${edition}. Figures may have changed since. <a href="">Try again</a></p>`;
  const marked = (part) => part.replaceAll(/(src="[^"?]*\/images\/[^"?]+)"/g, '$1?kept"');
  return html(
    `${text.slice(0, head)}<link rel="stylesheet" href="${GUIDE.style}">${text.slice(head, start)}` +
      line + marked(text.slice(start)),
    copy,
  );
};

const withoutCopy = () => quietly(async () => {
  const copy = await kept(`${GUIDE.base}/offline`);
  if (!copy) return undefined;
  const items = await titles();
  const text = await copy.text();
  const list = items.map(([path, title]) => `<li><a href="${path}">${title}</a></li>`).join('');
  const filled = text.replace(/<ul id="_kept">[\s\S]*?(?=<\/ul>)/, (core) => core + list);
  return html(filled, copy, 503);
});

// Paths and titles of the pages that were read, as the pages themselves write them.
const titles = async () => {
  const found = [];
  const cache = await caches.open(name('pages'));
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    if (GUIDE.core.includes(pathname) && !search) continue;
    const text = await (await cache.match(request)).text();
    const title = /<title>([^<]*?)( · [^<]*)?<\/title>/.exec(text)?.[1];
    if (title) found.push([pathname + search.replaceAll('&', '&amp;'), title]);
  }
  return found;
};
