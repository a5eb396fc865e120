/** The text of a saved scenario's file, in this project's format. */
import type { Scenario } from '../../../../scenarios/engine/scenario.ts';
import type { Answer, Variant } from '../../../../scenarios/engine/trace.ts';
import { type Code, quoted } from './code.ts';
import type { ManualStep } from './manualStep.ts';

/** A step of the original scenario, by its index, or a manual action. */
export type SavedStep = { original: number } | { manual: ManualStep };

export type Answers = Record<Variant, Answer>;

/** The same for every manual action. */
export const manualNarration = { purpose: 'By hand', narration: 'This was done by hand in a sandbox.' };

/** @param answers for each step that asks; null for the others, and for original steps whose answers are as expected */
export function fileText(
  base: Scenario,
  saved: Scenario,
  steps: readonly SavedStep[],
  answers: readonly (Answers | null)[],
): string {
  const texts = stepTexts(steps, answers).map((text) => `    ${text},`);
  const manual = steps.flatMap((step) => ('manual' in step ? [step.manual] : []));
  const usesIds = manual
    .flatMap(({ calls, ask }) => [...calls, ...(ask ? [ask.answer] : [])])
    .some(({ readsIds }) => readsIds);
  return `${[
    ...(usesIds ? ["import { sidOf } from './engine/identity.ts';"] : []),
    "import { scenario } from './engine/scenario.ts';",
    `import base from './${base.slug}.ts';`,
    '',
    '/**',
    ' * Played and done by hand in a sandbox. The answers are those of both apps when it was saved.',
    ` * It belongs beside ${base.slug}.ts: npm run scenarios -- ./scenarios/${saved.slug}.ts`,
    ' */',
    'export default scenario({',
    '  ...base,',
    `  slug: ${quoted(saved.slug)},`,
    `  title: ${quoted(saved.title)},`,
    '  steps: [',
    ...texts,
    '  ],',
    '});',
  ].join('\n')}\n`;
}

/** Consecutive original steps with their own answers are written as one line. */
function stepTexts(steps: readonly SavedStep[], answers: readonly (Answers | null)[]): string[] {
  const pieces: (string | { from: number; to: number })[] = [];
  for (const [index, step] of steps.entries()) {
    const measured = answers[index] ?? null;
    const last = pieces.at(-1);
    if ('manual' in step) pieces.push(manualText(step.manual, measured));
    else if (measured !== null) pieces.push(originalText(step.original, measured));
    else if (typeof last === 'object' && last.to === step.original) last.to += 1;
    else pieces.push({ from: step.original, to: step.original + 1 });
  }
  return pieces.map((piece) => (typeof piece === 'string' ? piece : `...base.steps.slice(${piece.from}, ${piece.to})`));
}

const originalText = (index: number, { vulnerable, protected: fixed }: Answers) =>
  `{
      ...base.steps[${index}]!,
      ask: { ...base.steps[${index}]!.ask!, vulnerable: ${answerText(vulnerable)}, protected: ${answerText(fixed)} },
    }`;

function manualText({ title, calls, ask }: ManualStep, measured: Answers | null): string {
  const lines = [
    '{',
    `  title: ${quoted(title)},`,
    `  purpose: ${quoted(manualNarration.purpose)},`,
    `  narration: ${quoted(manualNarration.narration)},`,
    `  act: ${actText(calls)},`,
  ];
  if (ask && measured) {
    lines.push(
      '  ask: {',
      `    question: ${quoted(ask.question)},`,
      `    answer: ${arrow([ask.answer])}${ask.answer.text},`,
      `    vulnerable: ${answerText(measured.vulnerable)},`,
      `    protected: ${answerText(measured.protected)},`,
      '  },',
    );
  }
  return [...lines, '}'].join('\n    ');
}

function actText(calls: readonly Code[]): string {
  const [only] = calls;
  if (only && calls.length === 1) return `${arrow(calls)}${only.text}`;
  const awaited = calls.map(({ text }) => `await ${text};`);
  return `async ${parameters(calls)} => {\n        ${awaited.join('\n        ')}\n      }`;
}

const arrow = (codes: readonly Code[]) =>
  `${codes.some(({ awaits }) => awaits) ? 'async ' : ''}${parameters(codes)} => `;

const parameters = (codes: readonly Code[]) => {
  const used = [...new Set(codes.flatMap(({ uses }) => uses))].sort();
  return used.length === 0 ? '()' : `({ ${used.join(', ')} })`;
};

const answerText = (answer: Answer) => (typeof answer === 'string' ? quoted(answer) : String(answer));
