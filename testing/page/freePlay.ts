/** For tests: the tab Free play. */
import type { Locator } from 'playwright-core';
import type { ScenarioPage } from './scenarioPage.ts';
import type { Tab } from './tab.ts';

/** Shows the fixation scenario with Alice logged in, and the tab Free play open. */
export async function openFreePlay({ open }: Pick<Tab, 'open'>): Promise<FreePlay> {
  const lesson = await open('session-fixation', '?step=3');
  await lesson.openTab('Free play');
  await lesson.page.getByRole('form', { name: 'Request' }).waitFor();
  return new FreePlay(lesson);
}

export class FreePlay {
  readonly lesson: ScenarioPage;

  constructor(lesson: ScenarioPage) {
    this.lesson = lesson;
  }

  readonly #box = (name: string): Locator => this.lesson.page.getByRole('combobox', { name });
  readonly #text = (name: string): Locator => this.lesson.page.getByRole('textbox', { name });

  /** The fields of a request. */
  readonly field = {
    who: () => this.#box('Who'),
    method: () => this.#box('Method'),
    path: () => this.#box('Path or address'),
    from: () => this.#box('From a page of'),
    body: () => this.#text('Body'),
    headers: () => this.#text('Additional headers, one per line'),
  };

  /** What the last action led to. */
  get outcome(): Locator {
    return this.lesson.region('Outcome');
  }
  get alert(): Locator {
    return this.lesson.page.getByRole('alert');
  }

  async send(who: string, address: string, body?: string): Promise<void> {
    await this.lesson.button('Send a request').click();
    await this.field.who().selectOption({ label: who });
    await this.field.path().fill(address);
    if (body !== undefined) await this.field.body().fill(body);
    await this.lesson.button('Send').click();
  }

  // The console

  get commandLine(): Locator {
    return this.#text('Redis command');
  }
  get replies(): Locator {
    return this.lesson.page.getByRole('log', { name: 'Replies of Redis' });
  }
  async enter(command: string): Promise<void> {
    await this.commandLine.fill(command);
    await this.commandLine.press('Enter');
  }
}
