import axe from 'axe-core';
import type { Page } from 'playwright-core';

export interface AxeScope {
  /** A CSS selector of the part to look at; the whole page when left out. */
  within?: string | undefined;
  /** The ids of the rules to apply; all that axe applies by itself when left out. */
  rules?: readonly string[] | undefined;
  /** The ids of the rules to leave out. */
  exceptRules?: readonly string[] | undefined;
}

/** Returns what axe finds on the page as it is now, of any severity: a line for each element, with the rule and the reason. */
export async function axeFindings(page: Page, { within, rules, exceptRules = [] }: AxeScope = {}): Promise<string[]> {
  // Once for each document, which is looked at several times.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const options: axe.RunOptions = {
    // To describe everything that is right, axe takes as long as to look at it.
    resultTypes: ['violations'],
    ...(rules && { runOnly: [...rules] }),
    rules: Object.fromEntries(exceptRules.map((id) => [id, { enabled: false }])),
  };
  const context = within === undefined ? 'document' : JSON.stringify(within);
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${context}, ${JSON.stringify(options)})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`,
    ),
  );
}
