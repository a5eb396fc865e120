import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import type { Variant } from '../../scenarios/engine/trace.ts';
import { scenarios } from '../../scenarios/index.ts';
import type { ScenarioPage } from '../../testing/page/scenarioPage.ts';
import { sharedTab } from '../../testing/page/tab.ts';
import { runBothVariants, stepThrough } from '../../testing/page/wholeScenario.ts';
import { inLearningOrder } from '../player/catalogue.ts';

const variants: Variant[] = ['vulnerable', 'protected'];
const each = scenarios.map((scenario) => ({ slug: scenario.slug, scenario }));

describe('with the button Next step, from its start to its end:', () => {
  const tab = sharedTab();

  test.each(each.flatMap((one) => variants.map((variant) => ({ ...one, variant }))))(
    '$slug, $variant',
    async ({ slug, scenario, variant }) => {
      const lesson = await tab.open(slug, `?variant=${variant}`);
      await stepThrough(lesson, scenario, variant);
      expect(lesson.complaints).toEqual([]);
    },
  );
});

// What a page keeps of one scenario must not harm the next one.
describe('all in one visit, each reached from the end of the one before:', () => {
  const tab = sharedTab();
  let lesson: ScenarioPage | undefined;

  test.each(inLearningOrder(each))('$slug', async ({ scenario }) => {
    lesson ??= await tab.visit('/');
    lesson.complaints.length = 0;
    await goTo(lesson, scenario);
    await runBothVariants(lesson, scenario);
    expect(lesson.complaints).toEqual([]);
  });
});

/** Uses the link at the end of the scenario before; the address for the first scenario, and after a failed test. */
async function goTo({ page }: ScenarioPage, { slug, title }: Scenario): Promise<void> {
  const link = page.getByRole('link', { name: new RegExp(`^Next: ${escaped(title)}`) });
  if (await link.isVisible()) await link.click();
  else await page.goto(new URL(`/scenarios/${slug}`, page.url()).href);
  await page.getByRole('heading', { name: title, exact: true, level: 1 }).waitFor({ state: 'attached' });
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
