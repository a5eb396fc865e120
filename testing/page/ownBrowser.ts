/** For tests: the learner's own browser beside the page. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { JarChanged, TraceEvent } from '../../scenarios/engine/trace.ts';
import { openStream } from './eventStream.ts';
import type { ScenarioPage } from './scenarioPage.ts';
import type { Tab } from './tab.ts';

export const joinLink = ({ page }: ScenarioPage) => page.getByRole('link', { name: /Join with your own browser/ });

/** The learner's own browser: the other tab, at the sandbox's own host. */
export class OwnBrowser {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get address(): URL {
    return new URL(this.page.url());
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  async logIn(): Promise<void> {
    await this.press('Log in');
    await this.shows('Logged in as alice@shop.example.');
  }

  async shows(text: string): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }
}

/** Follows the link to the sandbox's own host. */
export async function join(lesson: ScenarioPage): Promise<OwnBrowser> {
  await joinLink(lesson).waitFor();
  const [opened] = await Promise.all([lesson.page.waitForEvent('popup'), joinLink(lesson).click()]);
  const own = new OwnBrowser(opened);
  await own.shows('Not logged in.');
  return own;
}

/** The fixation scenario before its first step, with the learner's own browser in it. */
export async function openAndJoin({ open }: Pick<Tab, 'open'>, variant = 'vulnerable') {
  const lesson = await open('session-fixation', `?variant=${variant}`);
  const own = await join(lesson);
  return { lesson, own, card: lesson.cookiesOf('You') };
}

/** The recorded events, as soon as one is as wanted. */
async function recorded({ address }: OwnBrowser, isWanted: (event: TraceEvent) => boolean): Promise<TraceEvent[]> {
  const stream = await openStream(Number(address.port), address.hostname.split('.')[0]!);
  await expect.poll(() => stream.events.some(isWanted)).toBe(true);
  stream.cut();
  return [...stream.events];
}

/** The page shows the cookies that the browser really has, and no script can read them. */
export async function expectItsCookiesToBeShown({ page }: ScenarioPage, own: OwnBrowser): Promise<void> {
  const isOwnJar = (event: TraceEvent): event is JarChanged => event.type === 'jar' && event.actor === 'you';
  const shown = (await recorded(own, isOwnJar)).filter(isOwnJar).at(-1)!.cookies;
  const real = await page.context().cookies(own.address.href);
  const described = ({ name, value, path, secure, httpOnly, sameSite }: (typeof shown | typeof real)[number]) =>
    JSON.stringify({ name, value, path, secure, httpOnly, sameSite });
  expect(shown.map(described).sort()).toEqual(real.map(described).sort());
  expect(real.map(({ name }) => name).sort()).toEqual(['__Host-device', '__Host-sid']);
  expect(await own.page.evaluate(() => document.cookie)).toBe('');
}
