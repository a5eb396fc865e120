/** The vectors in Chromium. */
import type { OpenChromium } from '../../../server/lab/chromium/openChromium.ts';
import { blankPath } from '../../../server/lab/chromium/proxy.ts';
import { openQuietTab, type QuietTab } from '../quietTab.ts';
import { createVectorServer } from './server.ts';
import { dated, jarLines, type ListedCookie, shown, type Vector } from './vectors.ts';

/** How many jars are filled side by side. */
const atATime = 4;

/** Returns what happened in each: what was sent, what a script could read, and the jar at the end, a line each. */
export async function setInChromium({ context, proxy }: OpenChromium, vectors: readonly Vector[]): Promise<string[][]> {
  const done: string[][] = [];
  const waiting = [...vectors.entries()];
  async function setNext(browser: number): Promise<void> {
    const userAgent = `vectors ${browser}`;
    const own = await context.browser()!.newContext({ userAgent });
    const tab = await openQuietTab(own);
    const server = createVectorServer();
    proxy.admit(userAgent, async (request) => server.answer(request));
    for (let next = waiting.shift(); next; next = waiting.shift()) done[next[0]] = await set(next[1], tab, server);
    await own.close();
  }
  await Promise.all(Array.from({ length: atATime }, (_, browser) => setNext(browser)));
  return done;
}

async function set(
  { sets, asks }: Vector,
  tab: QuietTab,
  server: ReturnType<typeof createVectorServer>,
): Promise<string[]> {
  await tab.session.send('Network.clearBrowserCookies');
  for (const setting of sets) {
    if ('write' in setting) await tab.run(write, [dated(setting.write)]);
    else {
      server.plan(setting);
      await ask(tab, setting.at);
    }
  }
  server.takeLines();
  const lines: string[] = [];
  for (const address of asks) {
    const readable = await ask(tab, address);
    lines.push(...server.takeLines(), `reads ${shown(readable)}`);
  }
  return [...lines, ...jarLines(await cookiesOf(tab))];
}

/**
 * Asks for an address, and returns what a script can read on its page. Where the path makes no difference to the script, a page of the
 * same origin asks: to open every page would take ten times as long.
 */
async function ask(tab: QuietTab, address: string): Promise<string> {
  const { origin, pathname } = new URL(address);
  if (pathname !== '/') {
    await tab.page.goto(address);
    return tab.run(() => document.cookie, []);
  }
  if (tab.page.url() !== origin + blankPath) await tab.page.goto(origin + blankPath);
  return tab.run(fetchAndRead, [address]);
}

async function cookiesOf({ session }: QuietTab): Promise<ListedCookie[]> {
  const { cookies } = await session.send('Network.getAllCookies');
  return cookies.map(({ sameSite = null, expires, session, ...cookie }) => ({
    ...cookie,
    sameSite,
    expiresAt: session ? null : expires * 1000,
  }));
}

// The following run in the page.

async function fetchAndRead(address: string): Promise<string> {
  await fetch(address);
  return document.cookie;
}

function write(text: string): string {
  // biome-ignore lint/suspicious/noDocumentCookie: this is what the test compares
  document.cookie = text;
  // Chromium has stored it by the time it can be read.
  return document.cookie;
}
