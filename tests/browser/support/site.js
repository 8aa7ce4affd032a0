// Starts the built program on a free port and tells which addresses it has. Knows no browser.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM =
  process.env.PROGRAM ??
  fileURLToPath(new URL('../../../target/release/career-guide', import.meta.url));

/** A port that nobody listens on. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * The guide, served; `path` is the folder of the host that it is served under, `content` another
 * folder than the shipped one, `port` the one to be found at.
 */
export async function startSite(path = '', { content, port } = {}) {
  const origin = `http://127.0.0.1:${port ?? (await freePort())}`;
  const { host } = new URL(origin);
  const more = content ? ['--content', content] : [];
  const server = spawn(PROGRAM, ['--listen', host, '--base-url', `${origin}${path}`, ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  let said = '';
  server.stderr.on('data', (data) => (said += data));
  const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
  const first = await Promise.race([
    lines.next().then(({ value }) => value ?? ''),
    once(server, 'error').then(([error]) => String(error)),
  ]);
  if (!first.startsWith('Serving ')) {
    kill();
    throw new Error(`${PROGRAM} does not serve: ${first}${said}`);
  }
  return {
    origin,
    path,
    /** The whole address of one that begins with `/`. */
    at: (address) => `${origin}${path}${address}`,
    async stop() {
      process.removeListener('exit', kill);
      server.kill('SIGTERM');
      if (server.exitCode === null) await once(server, 'exit');
    },
  };
}

/** Every address of the sitemap, without origin and base path. */
export async function listPages(site) {
  const answer = await fetch(site.at('/sitemap.xml'));
  if (!answer.ok) throw new Error(`${answer.url} answers ${answer.status}`);
  const all = [...(await answer.text()).matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, text]) => text);
  const root = site.at('');
  const strange = all.filter((url) => !url.startsWith(`${root}/`) && url !== root);
  if (strange.length) throw new Error(`the sitemap has addresses elsewhere: ${strange}`);
  if (all.length < 10) throw new Error(`the sitemap has only ${all.length} addresses`);
  return all.map((url) => url.slice(root.length) || '/');
}

/** Views of the comparison that differ in kind, the last two as nobody should ask for them. */
export const COMPARISONS = [
  '/compare?level=mid&level=senior&country=in&country=gb&currency=usd',
  '/compare?pay=net&period=month&group=country',
  '/compare?adjust=ppp&group=country',
  '/compare?country=in&country=gb&currency=gbp&offer=1800000&offer_currency=inr',
  '/compare?country=us&level=entry&pay=net&offer=90000&offer_currency=usd',
  '/compare?country=atlantis&level=%3Cscript%3Ealert(1)%3C/script%3E&level=mid&level=mid&currency=%00',
  `/compare?offer=1e99&offer_currency=gbp&source=${'x'.repeat(300)}`,
];

export const EMBEDS = ['/embed/compare', '/embed/compare?country=in&level=entry&level=mid'];
/** The search: nothing asked, much found, nothing found, and what nobody should ask. */
export const SEARCHES = [
  '/search',
  '/search?q=salry+india',
  '/search?q=xylophone',
  `/search?q=%22%3E%3Cb%3E+${'pay+'.repeat(80)}`,
];

export const MISSING = '/guide/skils';
