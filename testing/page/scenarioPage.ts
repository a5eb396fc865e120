import type { Download, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import './matchers.ts';

type Group = 'Redis' | 'Variant' | 'Waits';

/** For tests: the page of a scenario, as a person uses it. Everything is found by the names that tools and screen readers rely on. */
export class ScenarioPage {
  readonly page: Page;
  /** Errors and warnings of the page, as the browser reports them: a test asserts that there are none. */
  readonly complaints: string[];

  constructor(page: Page, complaints: string[]) {
    this.page = page;
    this.complaints = complaints;
  }

  // The parts of the page

  readonly region = (name: string): Locator => this.page.getByRole('region', { name, exact: true });
  readonly button = (name: string | RegExp): Locator =>
    this.page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });

  get steps(): Locator {
    return this.region('Steps');
  }
  get diagram(): Locator {
    return this.region('Diagram');
  }
  get cookies(): Locator {
    return this.region('Cookies');
  }
  get redis(): Locator {
    return this.region('Redis');
  }
  get details(): Locator {
    return this.region('Details');
  }
  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }
  /** The short message that appears after an action such as copying. */
  get confirmation(): Locator {
    return this.page.locator('.confirmation');
  }
  get next(): Locator {
    return this.button('Next step');
  }
  /** The link to the next scenario, which takes the place of Next step at the end. */
  get wayOn(): Locator {
    return this.page.getByRole('contentinfo').getByRole('link', { name: /^Next: |^All scenarios/ });
  }
  /** The step that is shown, in the list of steps. */
  get currentStep(): Locator {
    return this.page.locator('[aria-current="step"]');
  }

  // Through the steps

  /** Resolves when the footer says that so many steps have been played. Zero: none. */
  async isAt(step: number): Promise<void> {
    const where = step === 0 ? /^\d+ steps$/ : new RegExp(`^Step ${step} of \\d+$`);
    await this.page.getByText(where).first().waitFor();
  }

  /** Plays the steps with these numbers, each with the button and in turn: `play(1, 2)`. */
  async play(...steps: number[]): Promise<void> {
    for (const step of steps) {
      await this.next.click();
      await this.isAt(step);
    }
  }

  async goBackTo(...steps: number[]): Promise<void> {
    for (const step of steps) {
      await this.button('Previous step').click();
      await this.isAt(step);
    }
  }

  /** Plays all steps that are left. */
  async runToEnd(): Promise<void> {
    await this.button('Run to end').click();
    await expect(this.steps).toShow('What to remember');
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  // Choices

  async choose(group: Group, choice: string): Promise<void> {
    await this.page.getByRole('radiogroup', { name: group }).getByText(choice, { exact: true }).click();
  }

  /** What is chosen: `protected`. */
  chosen(group: Group): Promise<string> {
    return this.page.getByRole('radiogroup', { name: group }).getByRole('radio', { checked: true }).inputValue();
  }

  /** Answers the question about the next step before it is played. */
  async predict(answer: string): Promise<void> {
    await this.steps.getByRole('radiogroup').getByText(answer, { exact: true }).click();
  }

  // Cookies and keys

  cookiesOf(actor: string): Locator {
    return this.cookies.getByRole('group', { name: actor, exact: true });
  }

  /** Opens the menu of the session cookie in somebody's browser, and chooses an item. */
  async changeCookieOf(actor: string, item: string): Promise<void> {
    await this.button(`Change __Host-sid of ${actor}`).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** The row of the first session record. */
  get record(): Locator {
    return this.redis.getByRole('group', { name: ':sess:' }).first();
  }

  /** The names of the key rows: whole keys. */
  async keys(): Promise<string[]> {
    const names = await this.redis
      .locator('[aria-label^="sandbox:"]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
    return [...new Set(names)];
  }

  // Details

  /**
   * Opens a tab of the details. A click on the open one would close it.
   * @param name what the tab is called; after it, a count or "differs" may stand
   */
  async openTab(name: string | RegExp): Promise<void> {
    const tab = this.page.getByRole('tab', { name: typeof name === 'string' ? new RegExp(`^${name}( |$)`) : name });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  }

  /** Does something that saves a file, and returns that file. */
  async save(action: () => Promise<void>): Promise<{ name: string; text: string }> {
    const downloading = this.page.waitForEvent('download');
    await action();
    const download = await downloading;
    return { name: download.suggestedFilename(), text: await textOf(download) };
  }

  // Both variants side by side

  /** One of the two sides. */
  side(name: 'Vulnerable' | 'Protected'): Locator {
    return this.page.getByRole('group', { name, exact: true });
  }

  /** The half of a details tab that is about one side. */
  half(tab: string, variant: 'vulnerable' | 'protected'): Locator {
    return this.page.getByRole('group', { name: `${tab}, ${variant}`, exact: true });
  }
}

async function textOf(download: Download): Promise<string> {
  let text = '';
  for await (const chunk of (await download.createReadStream()).setEncoding('utf8')) text += chunk;
  return text;
}

/** Lifetimes go on between two looks at the page: replaces them. */
export const withoutTimes = (text: string | null) => text?.replace(/\d+:\d\d|\d+ (h|min|ms|s)/g, '…');
