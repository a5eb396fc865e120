/** For tests: pages in windows of several sizes, zoomed, and with large letters. */
import type { ViewportSize } from 'playwright-core';
import { expect } from 'vitest';
import { roomFor } from '../../client/ui/room.ts';
import { expectToFit, laptop, phone, projector, zoomed } from './fit.ts';
import * as layout from './layout.ts';
import type { ScenarioPage } from './scenarioPage.ts';
import type { Tab } from './tab.ts';

/** Shows a page in a window of that size, and waits for its step. */
export async function visitIn(tab: Pick<Tab, 'visit'>, path: string, viewport: ViewportSize): Promise<ScenarioPage> {
  const visited = await tab.visit(path, viewport);
  await visited.page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
  const step = new URLSearchParams(path.split('?')[1]).get('step');
  if (step) await visited.isAt(Number(step));
  return visited;
}

/** Gives the window another size, and waits for the layout that belongs to it. To load the page again would take four times as long. */
export async function resize({ page }: ScenarioPage, viewport: ViewportSize): Promise<void> {
  await page.setViewportSize(viewport);
  const room = roomFor(viewport.width, viewport.height);
  await page.waitForFunction((wanted) => document.documentElement.dataset.room === wanted, room);
  // What observes sizes itself has seen the new ones after the next frame.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

export async function expectToFitInto(visited: ScenarioPage, ...viewports: ViewportSize[]): Promise<void> {
  for (const viewport of viewports) {
    await resize(visited, viewport);
    await expectToFit(visited, `${viewport.width} pixels`);
  }
}

/** The size of the smallest text, in px. */
export const smallest = async ({ page }: ScenarioPage) => (await layout.smallestText(page)).size;

/** Sets the font size of the browser to twice the usual one, and expects that the text grows by as much and still fits a laptop. */
export async function expectToFitWithLargeLetters(visited: ScenarioPage, text: string): Promise<void> {
  await resize(visited, laptop);
  const { page } = visited;
  const before = await layout.textSize(page, text);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  await page.waitForFunction(() => document.documentElement.dataset.room?.includes('below-900'));
  expect(await layout.textSize(page, text)).toBeCloseTo(2 * before, 0);
  await expectToFit(visited, 'letters of twice the size');
}

/**
 * Expects that a page fits every window, zoomed or with letters of twice the size, too, and can be read.
 *
 * @param text a CSS selector of text that grows with the letters
 */
export async function expectPageToFit(tab: Pick<Tab, 'visit'>, path: string, text: string): Promise<void> {
  const visited = await visitIn(tab, path, phone);
  for (const viewport of [phone, laptop, projector]) {
    await expectToFitInto(visited, viewport);
    expect(await smallest(visited), `${viewport.width} pixels`).toBeGreaterThanOrEqual(11);
  }
  await expectToFitInto(visited, zoomed);
  await expectToFitWithLargeLetters(visited, text);
}
