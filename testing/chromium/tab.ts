import type { Page } from 'playwright-core';
import { blankPath } from './front.ts';

/** What Chromium itself tells of an answer; null where it shows a page's script nothing of it. */
export type Shown = { status: number; text: string } | null;

/** Have a blank page of that origin in the tab, to act from. */
export async function openBlank(tab: Page, origin: string): Promise<void> {
  const address = origin + blankPath;
  if (tab.url() !== address) await tab.goto(address);
}

export interface Fetched {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** fetch(url), credentials included; null where CORS forbids to read the answer. */
export function fetchFrom(tab: Page, fetched: Fetched): Promise<Shown> {
  return tab.evaluate(async ({ method, url, headers, body }) => {
    try {
      const response = await fetch(url, {
        method,
        headers,
        credentials: 'include',
        ...(body === undefined ? {} : { body }),
      });
      return { status: response.status, text: await response.text() };
    } catch {
      return null;
    }
  }, fetched);
}

/** An <img>, which shows nothing of what is no picture. Resolves when it has been answered. */
export function imageFrom(tab: Page, url: string): Promise<void> {
  return tab.evaluate(
    (src) =>
      new Promise<void>((resolve) => {
        const image = new Image();
        image.onload = image.onerror = () => resolve();
        image.src = src;
      }),
    url,
  );
}

export function scriptReads(tab: Page): Promise<string> {
  return tab.evaluate(() => document.cookie);
}

export function scriptWrites(tab: Page, text: string): Promise<void> {
  return tab.evaluate((written) => {
    // biome-ignore lint/suspicious/noDocumentCookie: it is what is being compared
    document.cookie = written;
  }, text);
}

/** A link that is clicked. */
export async function clickLink(tab: Page, url: string): Promise<Shown> {
  await tab.evaluate((href) => {
    document.body.innerHTML = '<a>here</a>';
    document.querySelector('a')!.href = href;
  }, url);
  const arrived = tab.waitForNavigation();
  await tab.click('a');
  return shownBy(await arrived);
}

/** A form that sends itself. */
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

/** The page that a navigation ended with. */
export async function shownBy(response: Awaited<ReturnType<Page['goto']>>): Promise<Shown> {
  return response && { status: response.status(), text: await response.text() };
}
