import cut from 'cli-truncate';
import { differsText } from '../../../scenarios/engine/eventText.ts';
import { printable } from '../../../scenarios/engine/markdown.ts';
import { endOfStep, read, type View } from '../../../scenarios/engine/read.ts';
import { runName } from '../../../scenarios/engine/repairs.ts';
import type { Scenario } from '../../../scenarios/engine/scenario.ts';
import type { Trace } from '../../../scenarios/engine/trace.ts';
import { verdict } from '../../../scenarios/engine/whoIsWhoText.ts';
import {
  type Answered,
  answersIn,
  flakiness,
  type Output,
  type Paint,
  type Plan,
  type Reporter,
  type Run,
  runHolds,
  unexplained,
} from '../reporter.ts';
import { fill, quoted, wrap } from '../text.ts';
import { count, duration } from '../words.ts';
import { failure } from './failure.ts';

/** Columns. Longer lines are hard to read in a wide window, and shorter ones have no room for the answers. */
const widest = 100;
const narrowest = 56;

/** For people: each scenario is a table of its asks and the variants, followed by the details of what went wrong. */
export function prettyReporter({ write, columns: available, paint }: Output): Reporter {
  const columns = Math.min(widest, Math.max(narrowest, available));
  const print = (...lines: string[]) => write(lines.map((line) => `${line}\n`).join(''));
  const wrapped = (text: string) => wrap(printable(text), columns);
  const title = ({ title, slug }: Scenario) => wrapped(`${title} (${slug})`).map((line) => paint('bold', line));
  const total = {
    skipped: 0,
    scenarios: 0,
    runs: 0,
    asks: 0,
    failedAsks: 0,
    failedSteps: 0,
    untrue: 0,
    unstable: 0,
    differences: 0,
  };

  return {
    started(plan) {
      print(
        ...introduction(plan)
          .flatMap(wrapped)
          .map((line) => paint('dim', line)),
      );
    },

    played(scenario, runs) {
      const seen = runs.map((run) => ({ ...run, view: read(run.trace) }));
      const steps = seen.flatMap(({ view }) => view.steps.map((step) => ({ view, step })));
      const wrong = steps.filter(
        ({ step }) =>
          step.state === 'failed' ||
          step.ask?.holds === false ||
          step.untrue.length > 0 ||
          unexplained(step).length > 0,
      );
      total.scenarios += 1;
      total.runs += runs.reduce((sum, { repeated }) => sum + (repeated?.times ?? 1), 0);
      const unstable = runs
        .map((run) => ({ run, sentence: flakiness(run) }))
        .filter(({ sentence }) => sentence !== null);
      total.unstable += unstable.length;
      total.asks += steps.filter(({ step }) => step.outline.ask).length;
      total.failedAsks += wrong.filter(({ step }) => step.ask?.holds === false).length;
      total.untrue += wrong.reduce((sum, { step }) => sum + step.untrue.length, 0);
      total.differences += wrong.reduce((sum, { step }) => sum + unexplained(step).length, 0);
      total.failedSteps += wrong.filter(({ step }) => step.state === 'failed').length;
      print(
        '',
        ...title(scenario),
        ...wrapped(scenario.question),
        '',
        ...table(seen, { columns, paint }),
        ...seen.flatMap(outcome).flatMap(wrapped),
        ...elsewhere(seen.map(({ view }) => view)).flatMap(wrapped),
        ...unstable
          .flatMap(({ run, sentence }) => wrapped(`Repeated, ${runName(run.trace.header)}: ${sentence}`))
          .map((line) => paint('red', line)),
        ...seen.flatMap(({ view }) => explained(view)).flatMap(wrapped),
        ...wrong.flatMap(({ view, step }) => ['', ...failure(view, step, { columns, paint })]),
      );
    },

    skipped(scenario, reason) {
      total.skipped += 1;
      print('', ...title(scenario), ...wrapped(`Skipped. ${reason}`).map((line) => paint('dim', line)));
    },

    finished({ holds, ms, stopped, slow }) {
      if (stopped !== null && total.scenarios === 0) return;
      const { skipped, scenarios, runs, asks, failedAsks, failedSteps, untrue, unstable, differences } = total;
      const verdict = [
        ...(holds ? ['all hold'] : []),
        ...(runs === 0 ? ['nothing was played'] : []),
        ...(failedAsks > 0 ? [`${failedAsks} ${failedAsks === 1 ? 'does' : 'do'} not hold`] : []),
        ...(untrue > 0 ? [`${untrue} ${untrue === 1 ? 'claim is' : 'claims are'} untrue`] : []),
        ...(unstable > 0 ? [`${unstable} not the same each time`] : []),
        ...(differences > 0 ? [`${count(differences, 'difference')} between the browsers`] : []),
        ...(stopped === null ? [] : ['incomplete']),
        ...(failedSteps > 0 ? [`${count(failedSteps, 'step')} failed`] : []),
        ...(skipped > 0 ? [`${skipped} skipped`] : []),
      ];
      const counted = [count(scenarios, 'scenario'), count(runs, 'run'), count(asks, 'ask')];
      const line = `${[...counted, ...verdict].join(', ')} (${duration(ms)})`;
      print('', ...(slow === undefined ? [] : wrapped(slow)), mark(holds, paint) + paint('bold', line));
    },
  };
}

function introduction({ scenarios, variants, repair, store, address, pace, browser }: Plan): string[] {
  const apps = variants.map((variant) => `the ${variant}`).join(' and ');
  const against = repair === null ? `${apps} app` : `the app with the repair ${repair}`;
  return [
    `${count(scenarios.length, 'scenario')} against ${against}.`,
    ...(browser === undefined ? [] : [`Browser: ${browser}, and beside it the virtual one to compare with.`]),
    `Redis: ${store}, ${address}. Time: ${pace === 'jump' ? 'jumped' : 'real, so this takes some seconds'}.`,
    ...(variants.includes('vulnerable')
      ? ['In the vulnerable app, an attack that works is the expected answer (✓).']
      : []),
  ];
}

const stepWidth = 4;
const gap = '  ';

/** Returns a row for each ask and a column for each variant, as lines that fit. */
function table(runs: readonly (Run & { view: View })[], { columns, paint }: Omit<Output, 'write'>): string[] {
  const answerWidth = Math.min(24, Math.max(14, Math.floor(columns / 4)));
  const questionWidth = columns - stepWidth - gap.length - runs.length * (gap.length + answerWidth);
  const answers = runs.map(({ view }) => answersIn(view));

  const line = (step: string, question: string, cells: readonly string[] = []) =>
    [paint('dim', step.padStart(stepWidth)), fill(question, questionWidth), ...cells].join(gap);
  const fitted = (text: string, width = answerWidth) => fill(cut(printable(text), width), width);
  const marked = (holds: boolean, text: string, color: 'bold' | 'dim' | null) => {
    const rest = fitted(text, answerWidth - 2);
    return mark(holds, paint) + (color ? paint(color, rest) : rest);
  };
  /** @param telling the variants should answer differently, so that this row shows the weakness */
  const cell = ({ actual, holds }: Answered, telling: boolean) =>
    actual === null
      ? paint('dim', fitted('– not asked'))
      : marked(holds, quoted(String(actual)), telling ? 'bold' : null);

  const head = runs.map(({ view }) => paint('bold', fitted(runName(view.header))));
  const rows = (answers[0] ?? []).flatMap((ask, row) => {
    const across = answers.map((variant) => variant[row]!);
    const telling = new Set(across.map(({ expected }) => expected)).size > 1;
    const [first = '', ...more] = wrap(printable(ask.question), questionWidth);
    const cells = across.map((answered) => cell(answered, telling));
    return [line(String(ask.step + 1), first, cells), ...more.map((text) => line('', text))];
  });
  const verdicts = runs.map((run) => {
    const holds = runHolds(run);
    return marked(holds, `${holds ? 'holds' : 'fails'}, ${duration(run.ms)}`, 'dim');
  });
  const rule = paint('dim', '─'.repeat(columns));
  return [line('step', '', head), rule, ...rows, line('', '', verdicts)].map((text) => text.trimEnd());
}

/**
 * Returns what came of the attack, in the sentence that the page shows for that moment: the last time it worked in the vulnerable
 * app, or was stopped in the protected one.
 */
function outcome({ trace, view }: { trace: Trace; view: View }): string[] {
  const { variant } = view.header;
  const telling = variant === 'vulnerable' ? 'danger' : 'safe';
  for (const { index } of view.steps.toReversed()) {
    const end = endOfStep(trace.events, index);
    if (end === null) continue;
    const { tone, text } = verdict(read(trace, end));
    if (tone === telling) return [`Step ${index + 1}, ${variant}: ${text}`];
  }
  return [];
}

const mark = (holds: boolean, paint: Paint) => `${holds ? paint('green', '✓') : paint('red', '✗')} `;

/** Returns a sentence for each ask that should have another answer on the other store. */
function elsewhere(views: readonly View[]): string[] {
  return views.flatMap((view) =>
    answersIn(view).flatMap(({ step, elsewhere }) => {
      if (!elsewhere) return [];
      const { store, expected } = elsewhere;
      return [`Step ${step + 1}, ${view.header.variant}: on ${store} Redis the answer is “${expected}”.`];
    }),
  );
}

/** Returns sentences for what a real browser does differently for a known reason. */
function explained(view: View): string[] {
  const { variant, browser } = view.header;
  return view.steps.flatMap(({ index, differs }) =>
    differs
      .filter(({ reason }) => reason !== undefined)
      .map((one) => `Step ${index + 1}, ${variant}: ${differsText(one, browser)}`),
  );
}
