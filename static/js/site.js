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
    document.addEventListener('click', ({ target }) => {
      if (target.closest('.contents a')) document.querySelector('.contents').open = false;
    });
  });
  // Not before the page has been painted: the next frame begins with that, and takes a while.
  const later = () => { import('./later.js').catch(() => { /* all works without */ }); };
  addEventListener('load', () => requestAnimationFrame(() => setTimeout(later, 100)));
})();
