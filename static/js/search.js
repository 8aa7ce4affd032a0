// Search in place: a dialog with results as one types, taken from the page that answers without
// scripts. Fetched when it is first asked for. Whatever fails, the form leads to that page.
const patience = 6000;
const pause = 130;

let dialog, input, list, said;
let active = -1;
let running;
let waiting;

const options = () => [...list.children];

/** Opens the dialog; `address` is that of the search page. */
export async function open(address) {
  const field = document.getElementById('_q');
  if (field) {
    field.focus();
    field.select();
    return;
  }
  if (!dialog) await build(address);
  if (!dialog.open) dialog.showModal();
  input.focus();
  input.select();
}

async function build(address) {
  const sheet = document.createElement('link');
  sheet.rel = 'stylesheet';
  sheet.href = new URL('../css/dialog.css', import.meta.url);
  await new Promise((done, fail) => {
    sheet.onload = done;
    sheet.onerror = fail;
    document.head.append(sheet);
  });
  dialog = document.createElement('dialog');
  dialog.className = 'finder';
  dialog.setAttribute('aria-label', 'Search the guide');
  dialog.innerHTML = `
<form method="get"><input type="text" name="q" role="combobox" aria-label="Search the guide"
 aria-autocomplete="list" aria-expanded="false" aria-controls="_options" maxlength="200" autocomplete="off"
 autocapitalize="none" spellcheck="false" enterkeyhint="search" placeholder="Search the guide"><button type="button" class="shut">Close</button></form>
<p role="status"></p>
<div role="listbox" id="_options" aria-label="Results"></div>
<p class="keys"><label><input type="checkbox"> Open with the / key</label><a>Search page</a></p>`;
  dialog.querySelector('form').action = address;
  dialog.querySelector('.keys a').href = address;
  input = dialog.querySelector('[name=q]');
  list = dialog.querySelector('[role=listbox]');
  said = dialog.querySelector('[role=status]');
  said.textContent = 'Type a word, or the beginning of one.';
  document.body.append(dialog);

  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => find(address), pause);
  });
  input.addEventListener('keydown', press);
  dialog.querySelector('.shut').addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => {
    // A click beside the dialog is one on its backdrop; a link may lead to a place on this page.
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey);
    if (event.target === dialog || (plain && event.target.closest('a'))) dialog.close();
  });
  bindSlash(dialog.querySelector('[type=checkbox]'));
}

/** One key without another can be in the way of those who dictate, so it can be turned off. */
function bindSlash(box) {
  try { box.checked = localStorage.getItem('slash') !== 'off'; } catch { box.checked = true; }
  box.addEventListener('change', () => {
    try { localStorage.setItem('slash', box.checked ? 'on' : 'off'); } catch { /* storage is forbidden */ }
  });
}

async function find(address) {
  running?.abort();
  const mine = (running = new AbortController());
  const query = input.value.trim();
  if (!query) {
    show([], 'Type a word, or the beginning of one.');
    return;
  }
  const late = setTimeout(() => mine.abort(), patience);
  try {
    const answer = await fetch(`${address}?q=${encodeURIComponent(query)}`, { signal: mine.signal, credentials: 'omit' });
    if (!answer.ok) throw answer.status;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const found = page.getElementById('_found');
    if (!found) throw 'no results in it';
    if (running !== mine) return;
    const words = [found.querySelector('h2'), ...found.querySelectorAll('.remark')];
    show(
      [...found.querySelectorAll('.hits li, .links li')].map(option),
      words.map((node) => node?.textContent ?? '').join('. ').replaceAll('..', '.'),
    );
  } catch {
    if (running === mine) show([], 'The results do not come. Enter opens the search page.');
  } finally {
    clearTimeout(late);
  }
}

/** A result of the page as an option of the list. */
function option(result, number) {
  const link = document.adoptNode(result.querySelector('a'));
  link.id = `_option-${number}`;
  link.setAttribute('role', 'option');
  link.setAttribute('aria-selected', 'false');
  link.tabIndex = -1;
  if (!link.firstElementChild) link.innerHTML = `<span class="hit">${link.innerHTML}</span>`;
  const text = result.querySelector('p');
  if (text) {
    const say = document.createElement('span');
    say.className = 'say';
    say.append(...text.childNodes);
    link.append(say);
  }
  return link;
}

function show(found, words) {
  list.replaceChildren(...found);
  list.scrollTop = 0;
  said.textContent = words;
  input.setAttribute('aria-expanded', String(found.length > 0));
  choose(-1);
}

function choose(number) {
  options()[active]?.setAttribute('aria-selected', 'false');
  active = number;
  const chosen = options()[active];
  if (!chosen) {
    input.removeAttribute('aria-activedescendant');
    return;
  }
  chosen.setAttribute('aria-selected', 'true');
  input.setAttribute('aria-activedescendant', chosen.id);
  chosen.scrollIntoView({ block: 'nearest' });
}

function press(event) {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const count = options().length;
  // Before the first option and after the last stands the field itself.
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps && count) {
    event.preventDefault();
    choose(((active + 1 + steps[event.key] + count + 1) % (count + 1)) - 1);
  } else if (event.key === 'Enter' && options()[active]) {
    event.preventDefault();
    options()[active].click();
  }
}
