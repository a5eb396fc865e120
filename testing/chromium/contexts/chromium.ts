/** The contexts in Chromium. */
import type { BrowserContext, CDPSession } from 'playwright-core';
import type { OpenChromium } from '../../../server/lab/chromium/openChromium.ts';
import { openQuietTab, type QuietTab } from '../quietTab.ts';
import { addressOf, type Context, isFramed, isNavigation } from './contexts.ts';
import { type ContextServer, createContextServer, seedPath } from './server.ts';

/** Sends every context. Returns what the servers received and what the page got, a line each. */
export async function playInChromium(
  { context: browser, proxy }: OpenChromium,
  contexts: readonly Context[],
  hosts: readonly string[],
): Promise<string[][]> {
  const server = createContextServer(contexts);
  const first = browser.pages()[0] ?? (await browser.newPage());
  proxy.admit(await first.evaluate(() => navigator.userAgent), async (request) => server.answer(request));
  for (const at of hosts) await first.goto(at + seedPath);

  const outcomes = new Map<Context, string>();
  await Promise.all(
    [...groupBy(contexts, pageOf)].map(async ([address, group]) => {
      const fetched = group.filter((context) => !isNavigation(context) && !isFramed(context));
      const tab = await openAt(browser, address);
      const messages = fetched.map((context) => messageOf(contexts, context));
      const results = messages.length > 0 ? await tab.run(fetchAll, [messages]) : [];
      for (const [index, context] of fetched.entries()) outcomes.set(context, results[index]!);
      await openFrames(tab, group.filter(isFramed), contexts, server);
      // The links last: a click counts for the next seconds, too.
      const byScript = group.filter(({ how }) => how === 'form');
      const byPerson = group.filter(({ how }) => how === 'link' || how === 'typed');
      await navigateToAll(tab, [...byScript, ...byPerson], contexts, server);
    }),
  );
  return contexts.map((context) => {
    const outcome = outcomes.get(context);
    return [...server.received(context), ...(outcome === undefined ? [] : [outcome])];
  });
}

async function openAt(browser: BrowserContext, address: string): Promise<QuietTab> {
  const tab = await openQuietTab(browser);
  if (address !== '') await tab.page.goto(address);
  return tab;
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** The address of the page that causes the request; '' if a person does. */
const pageOf = ({ from, policy }: Context) =>
  from === null ? '' : policy === undefined ? `${from}/` : `${from}/?policy=${policy}`;

type Message = ReturnType<typeof messageOf>;

const messageOf = (contexts: readonly Context[], context: Context) => {
  const { how, method = 'GET', headers = {}, body, credentials = 'include' as const, mode = 'cors' as const } = context;
  return { how, url: addressOf(contexts, context, 0), method, headers, body, credentials, mode };
};

/** Runs in the page. */
function fetchAll(messages: Message[]): Promise<string[]> {
  const image = (src: string) =>
    new Promise<string>((resolve) => {
      const image = new Image();
      image.onload = image.onerror = () => resolve('an image');
      image.src = src;
    });
  const styleSheet = (href: string) =>
    new Promise<string>((resolve) => {
      const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
      link.onload = link.onerror = () => resolve('a style sheet');
      document.head.append(link);
    });
  return Promise.all(
    messages.map(({ how, url, method, headers, body, credentials, mode }) =>
      how === 'image'
        ? image(url)
        : how === 'style sheet'
          ? styleSheet(url)
          : fetch(url, { method, headers, credentials, mode, ...(body === undefined ? {} : { body }) }).then(
              ({ status }) => `reads ${status}`,
              () => 'nothing to read',
            ),
    ),
  );
}

/** Opens a frame for each context, or sends a form into it, and waits until the last hop is asked, or Chromium says that it blocks one. */
async function openFrames(
  { run, session }: QuietTab,
  group: readonly Context[],
  contexts: readonly Context[],
  server: ContextServer,
): Promise<void> {
  await session.send('Log.enable');
  for (const context of group) {
    const path = `/context/${contexts.indexOf(context)}/`;
    const blocked = new Promise<void>((resolve) => {
      session.on('Log.entryAdded', ({ entry }) => entry.text.includes(path) && resolve());
    });
    const over = Promise.race([server.arrival(context), blocked]);
    await run(openFrame, [addressOf(contexts, context, 0), context.how !== 'frame']);
    await over;
  }
}

/** Runs in the page. */
function openFrame(url: string, asForm: boolean): void {
  const frame = Object.assign(document.createElement('iframe'), { name: url });
  if (!asForm) frame.src = url;
  document.body.append(frame);
  if (!asForm) return;
  const form = Object.assign(document.createElement('form'), { method: 'post', action: url, target: url });
  form.append(Object.assign(document.createElement('input'), { name: 'item', value: 'hat' }));
  document.body.append(form);
  form.submit();
}

/** Navigates from one page after the other. The last response has status 204, so a page stays until Chromium shows one of its own. */
async function navigateToAll(
  first: QuietTab,
  group: readonly Context[],
  contexts: readonly Context[],
  server: ContextServer,
): Promise<void> {
  let tab = first;
  for (const context of group) {
    const { page, session } = tab;
    await session.send('Network.enable');
    await session.send('Page.enable');
    const arrived = server.arrival(context).then(() => true);
    const stopped = stoppedAt(session, `/context/${contexts.indexOf(context)}/`).then(() => false);
    const url = addressOf(contexts, context, 0);
    if (context.how === 'typed') void page.goto(url).catch(() => {});
    // A form that submits itself comes from no click.
    else void tab.run(navigate, [url, context.how === 'form'], context.how === 'link').catch(() => {});
    if (await Promise.race([arrived, stopped])) continue;
    await page.close();
    tab = await openAt(page.context(), pageOf(context));
  }
  await tab.page.close();
}

/** Resolves when Chromium shows a page of its own, or gives the navigation up. */
function stoppedAt(session: CDPSession, path: string): Promise<void> {
  return new Promise((resolve) => {
    const requests = new Set<string>();
    session.on('Network.requestWillBeSent', ({ requestId, request }) => {
      if (request.url.includes(path)) requests.add(requestId);
    });
    session.on('Network.loadingFailed', ({ requestId, errorText }) => {
      if (requests.has(requestId) && !/ABORTED/.test(errorText)) resolve();
    });
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.unreachableUrl?.includes(path)) resolve();
    });
  });
}

/** Runs in the page. */
function navigate(url: string, asForm: boolean): void {
  if (asForm) {
    const form = Object.assign(document.createElement('form'), { method: 'post', action: url });
    form.append(Object.assign(document.createElement('input'), { name: 'item', value: 'hat' }));
    document.body.append(form);
    form.submit();
  } else {
    const link = Object.assign(document.createElement('a'), { href: url });
    document.body.append(link);
    link.click();
  }
}
