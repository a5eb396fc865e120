/** For tests of the page: the windows that it must fit into. */
import { expect } from 'vitest';
import * as layout from './layout.ts';
import type { ScenarioPage } from './scenarioPage.ts';

/** As wide as half a laptop, which is what a zoom of 200 % makes of it. */
export const zoomed = { width: 640, height: 400 };
export const phone = { width: 390, height: 844 };
export const laptop = { width: 1280, height: 800 };
export const projector = { width: 1920, height: 1080 };

/** Nothing is wider than the window, and the window cuts off no control. */
export async function expectToFit({ page }: ScenarioPage, where = ''): Promise<void> {
  expect(await layout.overflow(page), where).toEqual({ page: 0, steps: 0 });
  expect(await layout.controlsCutOff(page), where).toEqual([]);
}
