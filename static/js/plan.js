// A plan of one's own: ticks, a route and grades, kept in this browser and nowhere else. It leaves
// only by a link, whose fragment no server sees, or as a file. Without this script the page is a
// list to print.
(() => {
  const form = document.getElementById('_plan');
  const said = document.getElementById('_said');
  const notice = document.getElementById('_notice');
  const dialog = document.getElementById('_ask');
  const key = 'plan';
  const version = '1';
  const most = 8000; // characters of a plan, wherever it comes from
  const id = /^[a-z0-9][a-z0-9-]{0,79}$/;
  const all = (selector, root = form) => [...root.querySelectorAll(selector)];
  const boxes = all('[name=done]');
  const grades = all('[data-then]');
  const routes = all('[name=route]');
  const skillOf = (radio) => radio.name.slice('skill-'.length);

  // As a text: plan=1&route=a&done=b.c&skills=d~e.f~g, by ids, so that it outlives new editions.
  const write = ({ route, done, skills }) =>
    `plan=${version}&route=${route}&done=${[...done].join('.')}&skills=` +
    [...skills].map((pair) => pair.join('~')).join('.');

  // A plan from a text; none from one that holds anything else.
  const read = (text) => {
    if (text.length > most) return null;
    const parts = new URLSearchParams(text);
    if (parts.get('plan') !== version) return null;
    const list = (name) => (parts.get(name) || '').split('.').filter(Boolean);
    const route = parts.get('route') || '';
    const done = list('done');
    const skills = list('skills').map((pair) => pair.split('~'));
    const sound =
      [...done, ...skills.flat(), ...(route ? [route] : [])].every((name) => id.test(name)) &&
      skills.every((pair) => pair.length === 2);
    return sound ? { route, done: new Set(done), skills: new Map(skills) } : null;
  };

  const nothing = () => ({ route: '', done: new Set(), skills: new Map() });
  const isEmpty = (plan) => write(plan) === write(nothing());
  let plan = nothing();
  let keeps = true;

  const stored = () => {
    try { return read(localStorage.getItem(key) || ''); } catch { keeps = false; return null; }
  };
  const store = () => {
    try {
      if (isEmpty(plan)) localStorage.removeItem(key);
      else localStorage.setItem(key, write(plan));
      keeps = true;
    } catch { keeps = false; }
  };
  let quiet;
  const say = (text) => {
    said.textContent = text;
    clearTimeout(quiet);
    quiet = setTimeout(() => { said.textContent = ''; }, 4000);
  };
  const warn = (text) => {
    notice.textContent = text;
    notice.hidden = !text;
  };

  // What the edition at hand does not show is kept all the same: it may come back.
  const strangers = () => {
    const known = new Set(boxes.map((box) => box.value));
    const graded = new Set(grades.map((radio) => `${skillOf(radio)}~${radio.value}`));
    return [...plan.done].filter((step) => !known.has(step)).length +
      [...plan.skills].filter((pair) => !graded.has(pair.join('~'))).length;
  };

  const show = () => {
    for (const box of boxes) box.checked = plan.done.has(box.value);
    for (const radio of grades) radio.checked = plan.skills.get(skillOf(radio)) === radio.value;
    for (const radio of routes) radio.checked = radio.value === plan.route;
    for (const phase of all('[data-phase]')) {
      const own = all('[name=done]', phase);
      const ticked = own.filter((box) => box.checked).length;
      phase.querySelector('.count').textContent = `${ticked} of ${own.length} ticked`;
      const stage = plan.route &&
        form.querySelector(`[data-route="${plan.route}"] [data-stage="${phase.dataset.phase}"]`);
      phase.querySelector('.mine').textContent = stage ? `On your route: ${stage.textContent}.` : '';
    }
    next();
  };

  // The least well known first; within that, in the order of the guide.
  const next = () => {
    const list = document.getElementById('_next');
    const chosen = grades.filter((radio) => radio.checked);
    const of = (item) => chosen.find((radio) => skillOf(radio) === item.dataset.skill);
    const rank = (item) => {
      const radio = of(item);
      return radio ? all(`[name="${radio.name}"]`).indexOf(radio) : 99;
    };
    const place = (item) => Number(item.dataset.place);
    const items = [...list.children];
    items.sort((a, b) => rank(a) - rank(b) || place(a) - place(b));
    for (const item of items) {
      const radio = of(item);
      item.hidden = chosen.length > 0 && (!radio || 'ready' in radio.dataset);
      item.querySelector('.then').textContent = radio ? `: ${radio.dataset.then}.` : '';
    }
    list.append(...items);
    const ready = chosen.filter((radio) => 'ready' in radio.dataset);
    const words = ready.map((radio) => {
      const item = items.find((one) => one.dataset.skill === skillOf(radio));
      return `${item.querySelector('b').textContent}: ${radio.dataset.then}.`;
    });
    if (chosen.length && ready.length === chosen.length) words.unshift('Nothing that you marked is missing.');
    document.getElementById('_ready').textContent = words.join(' ');
  };

  const change = () => {
    const seen = new Set(boxes.map((box) => box.value));
    plan.done = new Set([
      ...[...plan.done].filter((step) => !seen.has(step)),
      ...boxes.filter((box) => box.checked).map((box) => box.value),
    ]);
    for (const radio of grades) if (radio.checked) plan.skills.set(skillOf(radio), radio.value);
    plan.route = routes.find((radio) => radio.checked)?.value ?? plan.route;
    store();
    show();
    const ticked = boxes.filter((box) => box.checked).length;
    say(`${ticked} of ${boxes.length} steps ticked` + (keeps ? ', kept in this browser' : ''));
    warn(keeps ? '' : 'This browser lets nothing be kept. Take the plan with you as a link or a file.');
  };

  const ask = (question, yes, then) => {
    document.getElementById('_asked').textContent = question;
    dialog.querySelector('[value=yes]').textContent = yes;
    dialog.returnValue = '';
    dialog.onclose = () => dialog.returnValue === 'yes' && then();
    dialog.showModal();
  };

  const take = (other, from) => {
    plan = other;
    store();
    show();
    const strange = strangers();
    say(`The plan of the ${from} is shown.`);
    warn(strange ? `${strange} of its entries are not in this edition. They are kept, and not shown.` : '');
  };

  // A plan from elsewhere never replaces one's own unasked.
  const receive = (text, from) => {
    const other = read(text);
    if (!other) {
      warn(`The ${from} holds no plan that this page can read. Yours is as it was.`);
    } else if (isEmpty(plan) || write(plan) === write(other)) {
      take(other, from);
    } else {
      ask(
        `The ${from} holds another plan, with ${other.done.size} ticks and ${other.skills.size} skills. Put it in place of yours?`,
        'Replace mine',
        () => take(other, from),
      );
    }
  };

  const arrive = () => {
    if (!location.hash.startsWith('#plan=')) return;
    const text = location.hash.slice(1);
    history.replaceState(null, '', location.pathname + location.search);
    receive(text, 'link');
  };

  const actions = {
    async link() {
      const link = `${location.origin}${location.pathname}#${write(plan)}`;
      try {
        await navigator.clipboard.writeText(link);
        say('Link copied. Whoever has it sees the plan; the site never does.');
      } catch {
        warn(`Copy this link: ${link}`);
      }
    },
    save() {
      const { route, done, skills } = plan;
      const data = { plan: Number(version), route, done: [...done], skills: Object.fromEntries(skills) };
      const file = new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = 'career-plan.json';
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      say('The plan is saved as a file.');
    },
    open() { document.getElementById('_file').click(); },
    print() { print(); },
    erase() {
      ask('Erase every tick, grade and route from this browser? Links and files stay.', 'Erase', () => {
        plan = nothing();
        store();
        show();
        warn('');
        say('Erased.');
      });
    },
  };

  document.getElementById('_file').addEventListener('change', async ({ target }) => {
    const [file] = target.files;
    let text = '';
    try {
      if (file.size <= 10 * most) {
        const data = JSON.parse(await file.text());
        const skills = Object.entries(data.skills ?? {}).map((pair) => pair.join('~')).join('.');
        text = `plan=${data.plan}&route=${data.route ?? ''}&done=${(data.done ?? []).join('.')}&skills=${skills}`;
      }
    } catch { /* told as any file that holds no plan */ }
    target.value = '';
    receive(text, 'file');
  });
  document.getElementById('_keep').addEventListener('click', ({ target }) => {
    actions[target.dataset.do]?.();
  });
  form.addEventListener('change', ({ target }) => target.id !== '_file' && change());
  form.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('hashchange', arrive);
  addEventListener('storage', (event) => {
    if (event.key !== key) return;
    plan = stored() || nothing();
    show();
  });

  plan = stored() || nothing();
  for (const hidden of all('[data-js]', document)) hidden.hidden = false;
  show();
  arrive();
})();
