/** A made scenario as the text of its file, in the project's own form. */
import type { Scenario } from '../../../../scenarios/engine/scenario.ts';
import type { MadeStep } from './calls.ts';
import { type Code, quoted } from './code.ts';
import { type Answers, type Part, wordsOfMade } from './made.ts';

/** @param answers for each part that asks; null for the others, and for the scenario's own steps that answer as they say */
export function fileText(
  base: Scenario,
  made: Scenario,
  parts: readonly Part[],
  answers: readonly (Answers | null)[],
): string {
  const steps = inRuns(parts, answers).map((run) => `    ${run},`);
  const usesIds = steps.some((step) => step.includes('sidOf('));
  return `${[
    ...(usesIds ? ["import { sidOf } from './engine/identity.ts';"] : []),
    "import { scenario } from './engine/scenario.ts';",
    `import base from './${base.slug}.ts';`,
    '',
    '/**',
    ' * Played and done by hand in a sandbox. The answers are those of both apps when it was saved.',
    ` * It belongs beside ${base.slug}.ts: npm run scenarios -- ./scenarios/${made.slug}.ts`,
    ' */',
    'export default scenario({',
    '  ...base,',
    `  slug: ${quoted(made.slug)},`,
    `  title: ${quoted(made.title)},`,
    '  steps: [',
    ...steps,
    '  ],',
    '});',
  ].join('\n')}\n`;
}

/** The scenario's own steps that follow each other and answer as they say are one line. */
function inRuns(parts: readonly Part[], answers: readonly (Answers | null)[]): string[] {
  const written: string[] = [];
  let run: { from: number; to: number } | null = null;
  const end = () => {
    if (run) written.push(`...base.steps.slice(${run.from}, ${run.to})`);
    run = null;
  };
  for (const [index, part] of parts.entries()) {
    const measured = answers[index] ?? null;
    if ('own' in part && measured === null) {
      if (run && run.to === part.own) run.to += 1;
      else {
        end();
        run = { from: part.own, to: part.own + 1 };
      }
      continue;
    }
    end();
    written.push('own' in part ? ownStep(part.own, measured!) : madeText(part.made, measured));
  }
  end();
  return written;
}

const ownStep = (index: number, { vulnerable, protected: fixed }: Answers) =>
  `{
      ...base.steps[${index}]!,
      ask: { ...base.steps[${index}]!.ask!, vulnerable: ${valueText(vulnerable)}, protected: ${valueText(fixed)} },
    }`;

function madeText({ title, calls, ask }: MadeStep, measured: Answers | null): string {
  const lines = [
    '{',
    `  title: ${quoted(title)},`,
    `  purpose: ${quoted(wordsOfMade.purpose)},`,
    `  narration: ${quoted(wordsOfMade.narration)},`,
    `  act: ${actText(calls)},`,
  ];
  if (ask && measured) {
    lines.push(
      '  ask: {',
      `    question: ${quoted(ask.question)},`,
      `    answer: ${arrow([ask.answer])}${ask.answer.text},`,
      `    vulnerable: ${valueText(measured.vulnerable)},`,
      `    protected: ${valueText(measured.protected)},`,
      '  },',
    );
  }
  return [...lines, '}'].join('\n    ');
}

function actText(calls: readonly Code<unknown>[]): string {
  const [only] = calls;
  if (only && calls.length === 1) return `${arrow(calls)}${only.text}`;
  const awaited = calls.map(({ text }) => `await ${text};`);
  return `async ${parameters(calls)} => {\n        ${awaited.join('\n        ')}\n      }`;
}

const arrow = (codes: readonly Code<unknown>[]) =>
  `${codes.some(({ text }) => text.includes('await ')) ? 'async ' : ''}${parameters(codes)} => `;

const parameters = (codes: readonly Code<unknown>[]) => {
  const used = [...new Set(codes.flatMap(({ uses }) => uses))].sort();
  return used.length === 0 ? '()' : `({ ${used.join(', ')} })`;
};

const valueText = (value: Answers['vulnerable']) => (typeof value === 'string' ? quoted(value) : String(value));
