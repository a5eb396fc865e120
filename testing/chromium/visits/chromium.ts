/** The visits in Chromium. */
import type { OpenChromium } from '../../../server/lab/chromium/openChromium.ts';
import { openQuietTab, type QuietTab } from '../quietTab.ts';
import { createVisitServer } from './server.ts';
import { type Act, cookieLine, ownHosts, urlOf, type Visit } from './visits.ts';

/** How many visits are made side by side. */
const atATime = 4;
/** Waiting needs no processor. */
const waitingAtATime = 24;

/** Makes every visit. Returns what happened, a line for each request and for what was shown. */
export async function visitInChromium({ context, proxy }: OpenChromium, visits: readonly Visit[]): Promise<string[][]> {
  const server = createVisitServer();
  const first = context.pages()[0] ?? (await context.newPage());
  proxy.admit(await first.evaluate(() => navigator.userAgent), async (request) => server.answer(request));
  const done: string[][] = [];
  const waiting = [...visits.entries()];
  async function visitNext(): Promise<void> {
    let tab = await openQuietTab(context);
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, { acts }] = next;
      const lines: string[] = [];
      let failed = false;
      for (const act of acts) {
        const shown = await perform(tab, act, index);
        failed ||= shown === null;
        lines.push(...server.takeLines(index), `${act.do}: ${shown ?? 'nothing'}`);
      }
      const own = new RegExp(`-${index}\\.example$`);
      const jar = await context.cookies();
      done[index] = [...lines, cookieLine(jar.filter(({ domain }) => own.test(domain)))];
      if (failed) {
        // It may still be about to show an error page.
        await tab.page.close();
        tab = await openQuietTab(context);
      }
    }
    await tab.page.close();
  }
  const waits = visits.some(({ acts }) => acts.some((act) => act.do === 'wait'));
  await Promise.all(Array.from({ length: waits ? waitingAtATime : atATime }, visitNext));
  return done;
}

/** Returns the text that is shown; null for none. */
async function perform(tab: QuietTab, act: Act, visit: number): Promise<string | null> {
  const { page } = tab;
  switch (act.do) {
    case 'write':
      return tab.run(write, [ownHosts(act.cookie, visit)]).then(() => 'done');
    case 'wait':
      await page.waitForTimeout(10_500);
      return 'done';
    case 'back':
      return textAfter(tab, page.goBack());
    case 'visit':
      return textAfter(tab, page.goto(urlOf(act.to, visit)));
    case 'link':
    case 'form': {
      const arrived = page.waitForNavigation();
      // A link is clicked, and a form submits itself.
      const left = tab.run(navigate, [urlOf(act.to, visit), act.do], act.do === 'link').catch(() => {});
      return textAfter(tab, Promise.all([arrived, left]));
    }
    case 'image':
      return tab.run(loadImage, [urlOf(act.to, visit)]);
    case 'fetch': {
      const { method = 'GET', headers = {}, credentials = 'include' } = act;
      return tab.run(fetchText, [urlOf(act.to, visit), { method, headers, credentials }]);
    }
  }
}

async function textAfter(tab: QuietTab, arrived: Promise<unknown>): Promise<string | null> {
  const failed = await arrived.then(
    () => false,
    () => true,
  );
  return failed ? null : tab.run(() => document.body.innerText, []);
}

// The following run in the page.

function navigate(url: string, how: 'link' | 'form'): void {
  if (how === 'link') {
    const link = Object.assign(document.createElement('a'), { href: url });
    document.body.append(link);
    link.click();
  } else {
    const form = Object.assign(document.createElement('form'), { method: 'post', action: url });
    document.body.append(form);
    form.submit();
  }
}

function loadImage(src: string): Promise<string> {
  return new Promise((resolve) => {
    const image = new Image();
    image.onload = image.onerror = () => resolve('an image');
    image.src = src;
  });
}

function fetchText(url: string, init: RequestInit): Promise<string | null> {
  return fetch(url, init).then(
    (response) => response.text(),
    () => null,
  );
}

function write(text: string): string {
  // biome-ignore lint/suspicious/noDocumentCookie: this is what the test compares
  document.cookie = text;
  // Chromium has stored it by the time it can be read.
  return document.cookie;
}
