/** For tests: tabs of the browser that all tests of the page share. */
import { type Browser, type BrowserContextOptions, chromium, type Page, type ViewportSize } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import { markTourAsSeen, untilReady } from './readyPage.ts';
import { ScenarioPage } from './scenarioPage.ts';

/** The size that the page is designed for. */
const laptop = { width: 1280, height: 800 };

/** The address of the server that all tests of the page share. */
export const sandboxUrl = inject('sandbox');

let connection: Promise<Browser> | undefined;

/** One connection for all test files of this process. */
function browser(): Promise<Browser> {
  connection ??= chromium.connect(inject('browser'));
  return connection;
}

export interface Tab {
  /**
   * Shows an address as to a person who has never been here but has seen the tour, in a window of that size. A path is one of the
   * shared server.
   */
  visit(address: string, window?: ViewportSize): Promise<ScenarioPage>;
  /** The page as it is, empty at first. */
  readonly page: Page;
  /** Shows a scenario, at the place that the search names, such as `?variant=both&step=3`, and waits for it. */
  open(slug: string, search?: string): Promise<ScenarioPage>;
  close(): Promise<void>;
}

interface TabOptions extends BrowserContextOptions {
  /** Whether the first scenario starts with the tour of the page, which takes the focus. */
  withTour?: boolean;
}

/**
 * Opens a tab of its own. `options` are those of a browser context: its size, its permissions. Nothing moves in it, unless
 * `reducedMotion: 'no-preference'` is asked for: to draw what moves takes as long as to load the page.
 *
 * The tests of a file should follow each other in one tab: to start the process of another one takes a browser longer than most tests.
 */
export async function openTab({ withTour = false, ...options }: TabOptions = {}): Promise<Tab> {
  const context = await (await browser()).newContext({ viewport: laptop, reducedMotion: 'reduce', ...options });
  if (!withTour) await markTourAsSeen(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));

  async function visit(address: string, window: ViewportSize = laptop): Promise<ScenarioPage> {
    if (page.url() !== 'about:blank') await page.evaluate(() => localStorage.clear());
    await context.clearCookies();
    await page.setViewportSize(window);
    complaints.length = 0;
    await page.goto(new URL(address, sandboxUrl).href);
    return new ScenarioPage(page, complaints);
  }

  async function open(slug: string, search = ''): Promise<ScenarioPage> {
    const lesson = await visit(`/scenarios/${slug}${search}`);
    const step = Number(new URLSearchParams(search).get('step') ?? 0);
    await lesson.isAt(step);
    await untilReady(page);
    return lesson;
  }

  return { page, visit, open, close: () => context.close() };
}

/** A tab that all tests of a file use, each after the other. */
export function sharedTab(options?: TabOptions): Pick<Tab, 'visit' | 'open'> {
  let tab: Tab;
  beforeAll(async () => {
    tab = await openTab(options);
  });
  afterAll(() => tab?.close());
  return { visit: (...where) => tab.visit(...where), open: (...where) => tab.open(...where) };
}
