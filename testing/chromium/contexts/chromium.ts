/** The contexts in Chromium. */
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import type { OpenChromium } from '../openChromium.ts';
import { addressOf, type Context, isNavigation } from './contexts.ts';
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
      const fetched = group.filter((context) => !isNavigation(context));
      const page = await openPage(browser, address);
      const messages = fetched.map((context) => messageOf(contexts, context));
      const results = await page.evaluate(fetchAll, messages);
      for (const [index, context] of fetched.entries()) outcomes.set(context, results[index]!);
      await page.close();
      const navigations = group.filter(isNavigation);
      if (navigations.length > 0) await navigateToAll(browser, address, navigations, contexts, server);
    }),
  );
  return contexts.map((context) => {
    const outcome = outcomes.get(context);
    return [...server.received(context), ...(outcome === undefined ? [] : [outcome])];
  });
}

async function openPage(browser: BrowserContext, address: string): Promise<Page> {
  const page = await browser.newPage();
  if (address !== '') await page.goto(address);
  return page;
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
  const { how, method = 'GET', headers = {}, body, credentials = 'include' as const } = context;
  return { how, url: addressOf(contexts, context, 0), method, headers, body, credentials };
};

/** Runs in the page. */
function fetchAll(messages: Message[]): Promise<string[]> {
  const image = (src: string) =>
    new Promise<string>((resolve) => {
      const image = new Image();
      image.onload = image.onerror = () => resolve('an image');
      image.src = src;
    });
  return Promise.all(
    messages.map(({ how, url, method, headers, body, credentials }) =>
      how === 'image'
        ? image(url)
        : fetch(url, { method, headers, credentials, ...(body === undefined ? {} : { body }) }).then(
            ({ status }) => `reads ${status}`,
            () => 'nothing to read',
          ),
    ),
  );
}

/** Navigates from one page after the other. The last response has status 204, so a page stays until Chromium shows one of its own. */
async function navigateToAll(
  browser: BrowserContext,
  address: string,
  group: readonly Context[],
  contexts: readonly Context[],
  server: ContextServer,
): Promise<void> {
  let page = await openPage(browser, address);
  let session = await browser.newCDPSession(page);
  for (const context of group) {
    await session.send('Network.enable');
    await session.send('Page.enable');
    const arrived = server.arrival(context).then(() => true);
    const stopped = stoppedAt(session, `/context/${contexts.indexOf(context)}/`).then(() => false);
    const url = addressOf(contexts, context, 0);
    if (context.how === 'typed') void page.goto(url).catch(() => {});
    // With a gesture, as in a click. A form that submits itself has none.
    else
      void session.send('Runtime.evaluate', {
        expression: scriptOf(context, url),
        userGesture: context.how === 'link',
      });
    if (await Promise.race([arrived, stopped])) continue;
    await page.close();
    page = await openPage(browser, address);
    session = await browser.newCDPSession(page);
  }
  await page.close();
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

const scriptOf = ({ how }: Context, url: string) =>
  how === 'link'
    ? `{ const a = document.createElement('a'); a.href = ${JSON.stringify(url)}; document.body.append(a); a.click(); }`
    : `{ const form = document.createElement('form'); form.method = 'post'; form.action = ${JSON.stringify(url)};
        form.innerHTML = '<input name=item value=hat>'; document.body.append(form); form.submit(); }`;
