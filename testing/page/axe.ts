import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * What axe finds on the page as it stands, of any severity: one line for each element, with the rule and the reason.
 * @param only the rules with these ids; all that axe applies of itself when left out
 */
export async function axeFindings(page: Page, only?: readonly string[]): Promise<string[]> {
  // Once for a document: the second time it is warm, and a page is looked at several times.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const options: axe.RunOptions = only ? { runOnly: [...only] } : {};
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`,
    ),
  );
}
