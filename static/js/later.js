/* What a page can do once it stands: hand on links to headings, mark what is being read, open the
   search, and be there without a connection. Loaded after everything else; every page works without. */

// The permanent link of a heading: shared where there is a finger, copied elsewhere.
const status = document.body.appendChild(document.createElement('p'));
status.className = 'copied';
status.setAttribute('role', 'status');
const say = (text) => {
  status.textContent = text;
  setTimeout(() => { status.textContent = ''; }, 2000);
};
document.addEventListener('click', async ({ target }) => {
  const link = target.closest('a.anchor');
  if (!link) return;
  const page = document.querySelector('link[rel=canonical]')?.href;
  const url = (page ?? location.origin + location.pathname) + link.hash;
  try {
    if (navigator.share && matchMedia('(hover:none)').matches) {
      await navigator.share({ title: document.title, url });
    } else {
      await navigator.clipboard.writeText(url);
      say('Link copied');
    }
  } catch { /* declined or forbidden: the address bar has the link */ }
});

// What a heading was called before leads to it; the address bar then says what it is called now.
const settle = () => {
  const at = document.getElementById(location.hash.slice(1));
  if (at?.matches('.alias')) location.replace('#' + at.parentElement.id);
};
addEventListener('hashchange', settle);
settle();

// The last heading that has passed the upper part of the window is the one being read.
const links = [...document.querySelectorAll('.here a')];
const headings = links.map(({ hash }) => document.getElementById(hash.slice(1)));
const mark = () => {
  const passed = headings.findLastIndex((h) => h.getBoundingClientRect().top < innerHeight * .4);
  links.forEach((link, at) => {
    if (at === passed) link.setAttribute('aria-current', 'location');
    else link.removeAttribute('aria-current');
  });
};
const zone = new IntersectionObserver(mark, { rootMargin: '0px 0px -60%' });
headings.forEach((heading) => zone.observe(heading));

// Search opens in place; whatever goes wrong, its page is where the link leads.
const find = document.querySelector('.masthead a[href$="/search"]');
const search = async (event) => {
  event.preventDefault();
  try {
    const { open } = await import('./search.js');
    await open(find.href);
  } catch {
    location.assign(find.href);
  }
};
find?.addEventListener('click', (event) => {
  if (!(event.ctrlKey || event.metaKey || event.shiftKey)) search(event);
});
addEventListener('keydown', (event) => {
  if (!find || event.altKey || event.defaultPrevented) return;
  const typing = event.target.closest?.('input,select,textarea');
  let slash = event.key === '/' && !typing;
  try { slash &&= localStorage.getItem('slash') !== 'off'; } catch { /* storage is forbidden */ }
  if (event.ctrlKey || event.metaKey ? event.key === 'k' && !event.shiftKey : slash) search(event);
});

// Only where the connection is private do browsers offer this; nothing is kept for who saves data.
if (!navigator.connection?.saveData) {
  const worker = new URL('..', import.meta.url) + 'sw.js';
  navigator.serviceWorker?.register(worker).catch(() => { /* forbidden here */ });
}
