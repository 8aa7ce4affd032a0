/* Runs before the first paint, so that a chosen theme never flashes; everything works without. */
(() => {
  const root = document.documentElement;
  const themes = ['system', 'light', 'dark'];
  let theme = themes[0];
  try { theme = localStorage.getItem('theme') || theme; } catch { /* storage is forbidden */ }
  const apply = () => {
    if (theme === themes[0]) delete root.dataset.theme;
    else root.dataset.theme = theme;
  };
  apply();
  root.classList.add('js');
  addEventListener('DOMContentLoaded', () => {
    const button = document.querySelector('.theme');
    const show = () => { button.lastElementChild.textContent = theme; };
    show();
    button.hidden = false;
    button.addEventListener('click', () => {
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      try { localStorage.setItem('theme', theme); } catch { /* as above */ }
      apply();
      show();
    });
    const status = document.body.appendChild(document.createElement('p'));
    status.className = 'copied';
    status.setAttribute('role', 'status');
    const say = (text) => {
      status.textContent = text;
      setTimeout(() => { status.textContent = ''; }, 2000);
    };
    // The permanent link of a heading: shared where there is a finger, copied elsewhere.
    document.addEventListener('click', async ({ target }) => {
      if (target.closest('.contents a')) document.querySelector('.contents').open = false;
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
    // What a heading was called before leads to it; the address bar then says its name.
    const settle = () => {
      const at = document.getElementById(location.hash.slice(1));
      if (at?.matches('.alias')) location.replace('#' + at.parentElement.id);
    };
    addEventListener('hashchange', settle);
    settle();
    // Marks in the contents what is being read.
    const links = [...document.querySelectorAll('.here a')];
    const headings = links.map(({ hash }) => document.getElementById(hash.slice(1)));
    const zone = new IntersectionObserver(() => {
      const passed = headings.findLastIndex((h) => h.getBoundingClientRect().top < innerHeight * .4);
      links.forEach((link, at) => {
        if (at === passed) link.setAttribute('aria-current', 'location');
        else link.removeAttribute('aria-current');
      });
    }, { rootMargin: '0px 0px -60%' });
    headings.forEach((heading) => zone.observe(heading));
  });
  // Pages that were read are there without a connection, where browsers offer that.
  const worker = new URL('..', document.currentScript.src) + 'sw.js';
  addEventListener('load', () => {
    if (!navigator.connection?.saveData) navigator.serviceWorker?.register(worker).catch(() => {});
  });
})();
