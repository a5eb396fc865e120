/**
 * `npm run coverage:standards [-- --write]`: which requirement is shown by which scenario, from the scenarios' own references.
 * With --write, docs/standards.md is written anew.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Covered, coverage, summary } from '../scenarios/engine/standards.ts';
import { scenarios } from '../scenarios/index.ts';

export const file = fileURLToPath(new URL('../docs/standards.md', import.meta.url));

/** The table as Markdown. */
export function asMarkdown(covered: readonly Covered[]): string {
  const { shown, showable, total } = summary(covered);
  const rows = covered.map(({ requirement: { id, level, says, whyNot }, shownBy }) => {
    const where = shownBy.map(({ slug }) => slug).join(', ');
    return `| ${id}${level === null ? '' : ` (L${level})`} | ${says} | ${where || (whyNot ? `Not shown: ${whyNot}` : 'Not shown yet.')} |`;
  });
  return `# Which requirement each scenario shows

Made by \`npm run coverage:standards -- --write\` from the references of the scenarios; a test fails when the two drift apart.
Requirements are named by their ids and told in our own words. ${shown} of the ${showable} that can be shown here are shown; ${total - showable} cannot.

| requirement | in our words | shown by |
|---|---|---|
${rows.join('\n')}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = asMarkdown(coverage(scenarios));
  if (process.argv.includes('--write')) writeFileSync(file, text);
  process.stdout.write(text);
}
