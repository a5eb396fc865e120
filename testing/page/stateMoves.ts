/** For tests: how the page gets into several of its states, and out of them again. */
import { expect } from 'vitest';
import type { ScenarioPage } from './scenarioPage.ts';

/** Leaves a state that is no obstacle to the next one. */
export const stay = async () => {};

/** Closes what is open in front of the page. */
export async function close(lesson: ScenarioPage): Promise<void> {
  await lesson.press('Escape');
  const open = lesson.page.locator('[role="dialog"], [role="menu"], [role="listbox"]').filter({ visible: true });
  await expect(open).not.toBeThere();
}

/** The end of the scenario, where the page may be already. */
export async function reachEnd(lesson: ScenarioPage): Promise<void> {
  if (!(await lesson.wayOn.isVisible())) await lesson.runToEnd();
}

/** The catalogue of somebody who has played a scenario. */
export async function reachProgress(lesson: ScenarioPage): Promise<void> {
  const progress = lesson.region('Progress');
  if (await progress.isVisible()) return;
  await reachEnd(lesson);
  await lesson.page.goto(new URL('/', lesson.page.url()).href);
  await progress.waitFor();
}
