/** For tests of the page: a scenario from its start to its end. */
import { expect } from 'vitest';
import { preferredStore } from '../../client/player/preferredStore.ts';
import { expectedOn, outline, type Scenario, storesOf } from '../../scenarios/engine/scenario.ts';
import type { StoreKind, Variant } from '../../scenarios/engine/trace.ts';
import * as layout from './layout.ts';
import type { ScenarioPage } from './scenarioPage.ts';

/** The kind of Redis that a scenario starts with on the page: the mock where that is enough to see the difference. */
export function firstStore(scenario: Scenario): StoreKind {
  const [first] = storesOf(scenario);
  return preferredStore(outline(scenario, 'jump', first!)) ?? first!;
}

/** Plays one step after the other with the button, and looks at the page after each: the title of the step and its beginning in the diagram are in sight, and so is the answer: it is within the window, as is the sentence of the picture, and what is read next: the next question with its answers to choose from, or what to remember. The scenario has just been opened. */
export async function stepThrough(lesson: ScenarioPage, scenario: Scenario, variant: Variant): Promise<void> {
  for (const [index, { ask }] of scenario.steps.entries()) {
    await lesson.play(index + 1);
    await expect(lesson.currentStep).toShow(`${index + 1}`);
    await expect.poll(() => layout.unseenBeginnings(lesson.page), { message: `step ${index + 1}` }).toEqual([]);
    expect(await layout.promisesMoreRows(lesson.page), `step ${index + 1}`).toBe(false);
    if (!ask) continue;
    await expect(lesson.steps).toShow(String(expectedOn(ask[variant], firstStore(scenario))));
    // Nobody should have to scroll for the point of a step.
    const { page } = lesson;
    const next = page.locator('.predict, .ending-lesson');
    const points = [
      page.locator('.ask-answer'),
      page.locator('.identity-verdict'),
      ...((await next.count()) > 0 ? [next] : []),
    ];
    for (const point of points)
      await expect.poll(() => layout.isInItsColumn(point.first()), { message: `step ${index + 1}` }).toBe(true);
  }
  await expect(lesson.wayOn).toBeThere();
}

/** Milliseconds. Some lessons measure logins again and again, which takes its time. */
const wholeRun = 50_000;

/** Runs the scenario to its end in the vulnerable variant, then in the protected one, and expects that every ask holds in both. */
export async function runBothVariants(lesson: ScenarioPage, { steps, notTheFix = [] }: Scenario): Promise<void> {
  await lesson.choose('Variant', 'Vulnerable');
  await lesson.isAt(0);
  await lesson.button('Run to end').click();
  await lesson.openTab('Log');
  for (const variant of ['Vulnerable', 'Protected']) {
    await lesson.choose('Variant', variant);
    // Until the sandbox of this variant is open, the page shows the run of the other one.
    await lesson.page.locator('.frame:not([data-busy])').waitFor({ timeout: wholeRun });
    await expectEveryAskToHold(lesson, variant.toLowerCase(), steps.filter(({ ask }) => ask).length);
    await lesson.isAt(steps.length);
    await expect(lesson.steps).toShow('What to remember');
  }
  if (notTheFix.length > 0) await lesson.steps.getByText('What does not help').click();
  await expect(lesson.page.getByRole('list', { name: 'What does not help' }).getByRole('listitem')).toBeThere(
    notTheFix.length,
  );
}

/** As the log shows it, when this variant has been played. */
async function expectEveryAskToHold(lesson: ScenarioPage, variant: string, asks: number): Promise<void> {
  const logged = async () => {
    const lines = await lesson.details.getByRole('listitem').allTextContents();
    const answers = lines.filter((line) => line.includes('Asked: '));
    const held = answers.filter((line) => line.endsWith(', as expected')).length;
    return { variant: await lesson.chosen('Variant'), held, failed: answers.length - held };
  };
  await expect.poll(logged, { timeout: wholeRun }).toEqual({ variant, held: asks, failed: 0 });
}
