/** What a page does in a tab of Chromium. */
import type { Page } from 'playwright-core';
import { blankPath } from './proxy.ts';

/** What Chromium shows of a response; null if it shows nothing to the page's script. */
export type Shown = { status: number; text: string } | null;

/** Opens an empty page of that origin in the tab, to act from. */
export async function openBlank(tab: Page, origin: string): Promise<void> {
  const address = origin + blankPath;
  if (tab.url() !== address) await tab.goto(address);
}

export interface Fetched {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
  credentials: 'include' | 'same-origin' | 'omit';
  mode: 'cors' | 'no-cors';
}

/** Calls fetch(url). Null if nothing of the response can be read. */
export function fetchFrom(tab: Page, fetched: Fetched): Promise<Shown> {
  return tab.evaluate(async ({ method, url, headers, body, credentials, mode }) => {
    try {
      const response = await fetch(url, {
        method,
        headers,
        credentials,
        mode,
        ...(body === undefined ? {} : { body }),
      });
      if (response.type === 'opaque') return null;
      return { status: response.status, text: await response.text() };
    } catch {
      return null;
    }
  }, fetched);
}

/** Loads an <img> or a style sheet. Resolves once there is a response, whether or not it is one. */
export function loadFrom(tab: Page, as: 'image' | 'style', url: string): Promise<void> {
  return tab.evaluate(
    ([as, url]) =>
      new Promise<void>((resolve) => {
        const element =
          as === 'image'
            ? Object.assign(new Image(), { src: url })
            : Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url });
        element.onload = element.onerror = () => resolve();
        // A style sheet is loaded once its element is in the document.
        if (as === 'style') document.head.append(element);
      }),
    [as, url] as const,
  );
}

export function readCookies(tab: Page): Promise<string> {
  return tab.evaluate(() => document.cookie);
}

export function writeCookie(tab: Page, text: string): Promise<void> {
  return tab.evaluate((written) => {
    // biome-ignore lint/suspicious/noDocumentCookie: this is what the test compares
    document.cookie = written;
  }, text);
}

/** Clicks a link to that address. */
export async function clickLink(tab: Page, url: string): Promise<Shown> {
  await tab.evaluate((href) => {
    document.body.innerHTML = '<a>here</a>';
    document.querySelector('a')!.href = href;
  }, url);
  const arrived = tab.waitForNavigation();
  await tab.click('a');
  return shownBy(await arrived);
}

/** Submits a form by script. */
export async function submitForm(
  tab: Page,
  form: { url: string; fields: Record<string, string>; type: string },
): Promise<Shown> {
  const arrived = tab.waitForNavigation();
  await tab.evaluate(({ url, fields, type }) => {
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action: url, enctype: type });
    for (const [name, value] of Object.entries(fields)) {
      form.append(Object.assign(document.createElement('input'), { name, value }));
    }
    document.body.append(form);
    form.submit();
  }, form);
  return shownBy(await arrived);
}

/** Returns what Chromium shows at the end of a navigation. */
export async function shownBy(response: Awaited<ReturnType<Page['goto']>>): Promise<Shown> {
  return response && { status: response.status(), text: await response.text() };
}
