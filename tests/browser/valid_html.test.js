// What the Nu checker, which is the W3C's, says of every page, style sheet and picture: nothing.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import vnu from 'vnu-jar';
import { COMPARISONS, EMBEDS, MISSING, SEARCHES, freePort, listPages, startSite } from './support/site.js';

// For a picture by itself the checker otherwise says which rules it takes.
const SVG = 'http://s.validator.nu/svg-xhtml5-rdf-mathml.rnc';

const site = await startSite();
const checker = await startChecker();
const views = [...(await listPages(site)), ...COMPARISONS, ...EMBEDS, ...SEARCHES, MISSING];

after(async () => {
  checker.stop();
  await site.stop();
});

async function startChecker() {
  const port = await freePort();
  const java = spawn(
    'java',
    ['-Xss2m', '-Dnu.validator.servlet.bind-address=127.0.0.1', '-cp', String(vnu), 'nu.validator.servlet.Main', String(port)],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const stop = () => java.kill('SIGKILL');
  process.once('exit', stop);
  let said = '';
  java.stderr.on('data', (data) => (said += data));
  java.on('error', (error) => (said += error));
  const url = `http://127.0.0.1:${port}/?out=json`;
  const check = async (body, type) => {
    const schema = type.startsWith('image/svg+xml') ? `&schema=${encodeURIComponent(SVG)}` : '';
    const answer = await fetch(url + schema, { method: 'POST', body, headers: { 'content-type': type } });
    assert.equal(answer.status, 200);
    return (await answer.json()).messages;
  };
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(200)) {
    if (java.exitCode !== null || java.pid === undefined) break;
    const up = await fetch(url).catch(() => null);
    if (up) return { check, stop };
  }
  stop();
  throw new Error(`the checker does not start: ${said}`);
}

async function assertValid(address) {
  const answer = await fetch(site.at(address));
  const type = answer.headers.get('content-type');
  const body = await answer.text();
  const messages = await checker.check(body, type);
  const told = messages.map(({ type, subType, lastLine, message, extract }) =>
    `${subType ?? type} in line ${lastLine}: ${message} (${(extract ?? '').replace(/\s+/g, ' ')})`);
  assert.deepEqual(told, [], address);
  return body;
}

const assets = new Set();
for (const view of views) {
  test(view.slice(0, 90), async () => {
    const body = await assertValid(view);
    for (const [, found] of body.matchAll(/(?:href|src)="([^"]+\.(?:css|svg))"/g)) assets.add(found);
  });
}

test('every style sheet and picture', async () => {
  assert.ok([...assets].some((asset) => asset.endsWith('.css')), 'no page has a style sheet');
  for (const asset of assets) await assertValid(asset);
});

test('the checker finds what is wrong', async () => {
  const messages = await checker.check('<!doctype html><title>x</title><p id=a><p id=a>', 'text/html');
  assert.ok(messages.some(({ message }) => message.includes('Duplicate ID')));
});
