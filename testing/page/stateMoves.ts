/** For tests: how the page gets into several of its states. */
import type { ScenarioPage } from './scenarioPage.ts';

/** The end of the scenario. */
export const reachEnd = (lesson: ScenarioPage) => lesson.runToEnd();

/** The catalogue of somebody who has played a scenario. */
export async function reachProgress(lesson: ScenarioPage): Promise<void> {
  await lesson.runToEnd();
  await lesson.page.goto(new URL('/', lesson.page.url()).href);
  await lesson.region('Progress').waitFor();
}
