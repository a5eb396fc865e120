import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { knownDifferences } from '../../server/lab/chromium/knownDifferences.ts';
import { compared, notCompared } from './compared.ts';
import { asMarkdown } from './occurrences.ts';

test('the documentation shows the table of known differences', async () => {
  const page = await readFile(new URL('../../docs/virtual-browser.md', import.meta.url), 'utf8');
  expect(page.replaceAll('\r\n', '\n')).toContain(asMarkdown(knownDifferences));
});

test('the documentation lists every scenario that is not compared, and why', async () => {
  const page = await readFile(new URL('../../docs/virtual-browser.md', import.meta.url), 'utf8');
  for (const [slug, reason] of Object.entries(notCompared)) expect(page).toContain(`| ${slug} | ${reason} |`);
  const slugs = scenarios.map(({ slug }) => slug);
  expect(Object.keys(notCompared).filter((slug) => !slugs.includes(slug))).toEqual([]);
});

test.each(knownDifferences.map((known) => [known.scenario, known.step] as const))(
  'there is a compared scenario "%s" with the step "%s"',
  (slug, step) => {
    const scenario = scenarios.find((scenario) => scenario.slug === slug);
    expect(compared).toContain(slug);
    expect(scenario?.steps.map(({ title }) => title)).toContain(step);
  },
);
