import { read, type View } from '../../scenarios/engine/read.ts';
import { answersIn } from './answers.ts';
import { failure } from './failure.ts';
import type { Output, Plan, Reporter } from './reporter.ts';
import { table } from './table.ts';
import { count, duration, printable, wrap } from './text.ts';

/** Wider lines are hard to read, however wide the window is; narrower ones have no room for the answers. Columns. */
const widest = 100;
const narrowest = 56;

/** For people: each scenario as a table of its asks and the variants, and under it what went wrong. */
export function prettyReporter({ write, columns: available, paint }: Output): Reporter {
  const columns = Math.min(widest, Math.max(narrowest, available));
  const print = (...lines: string[]) => write(lines.map((line) => `${line}\n`).join(''));
  const total = { skipped: 0, scenarios: 0, runs: 0, asks: 0, failedAsks: 0, failedSteps: 0 };

  return {
    started(plan) {
      print(
        ...introduction(plan)
          .flatMap((line) => wrap(line, columns))
          .map((line) => paint('dim', line)),
      );
    },

    played({ slug, title, question }, runs) {
      const seen = runs.map(({ trace, ms }) => ({ view: read(trace), ms }));
      const steps = seen.flatMap(({ view }) => view.steps.map((step) => ({ view, step })));
      const wrong = steps.filter(({ step }) => step.state === 'failed' || step.ask?.holds === false);
      total.scenarios += 1;
      total.runs += runs.length;
      total.asks += steps.filter(({ step }) => step.outline.ask).length;
      total.failedAsks += wrong.filter(({ step }) => step.ask?.holds === false).length;
      total.failedSteps += wrong.filter(({ step }) => step.state === 'failed').length;
      print(
        '',
        ...wrap(printable(`${title} (${slug})`), columns).map((line) => paint('bold', line)),
        ...wrap(printable(question), columns),
        '',
        ...table(seen, { columns, paint }),
        ...elsewhere(seen.map(({ view }) => view)).flatMap((line) => wrap(printable(line), columns)),
        ...wrong.flatMap(({ view, step }) => ['', ...failure(view, step, { columns, paint })]),
      );
    },

    skipped({ slug, title }, reason) {
      total.skipped += 1;
      const sentence = `Skipped: it needs real Redis (--redis real). ${reason}`;
      print(
        '',
        ...wrap(printable(`${title} (${slug})`), columns).map((line) => paint('bold', line)),
        ...wrap(printable(sentence), columns).map((line) => paint('dim', line)),
      );
    },

    finished({ holds, ms, stopped }) {
      if (stopped !== null) return;
      const { skipped, scenarios, runs, asks, failedAsks, failedSteps } = total;
      const verdict = [
        ...(runs === 0 ? ['nothing was played'] : []),
        ...(failedAsks > 0 ? [`${failedAsks} ${failedAsks === 1 ? 'does' : 'do'} not hold`] : []),
        ...(failedSteps > 0 ? [`${count(failedSteps, 'step')} failed`] : []),
      ];
      const counted = [count(scenarios, 'scenario'), count(runs, 'run'), count(asks, 'ask')].join(', ');
      const needsReal = skipped > 0 ? `, ${skipped} skipped: ${skipped === 1 ? 'needs' : 'need'} real Redis` : '';
      const line = `${counted}, ${holds ? 'all hold' : verdict.join(', ')}${needsReal} (${duration(ms)})`;
      print('', `${holds ? paint('green', '✓') : paint('red', '✗')} ${paint('bold', line)}`);
    },
  };
}

/** Where the other store is expected to answer differently, which is the lesson then. */
function elsewhere(views: readonly View[]): string[] {
  return views.flatMap((view) =>
    answersIn(view).flatMap(({ step, elsewhere }) =>
      elsewhere
        ? [
            `Step ${step + 1}, ${view.header.variant}: on ${elsewhere.store} Redis the answer is “${elsewhere.expected}”.`,
          ]
        : [],
    ),
  );
}

function introduction({ scenarios, variants, store, address, pace }: Plan): string[] {
  const shops = variants.map((variant) => `the ${variant}`).join(' and ');
  return [
    `${count(scenarios.length, 'scenario')} against ${shops} shop.`,
    `Redis: ${store}, ${address}. Time: ${pace === 'jump' ? 'jumped' : 'real, so this takes some seconds'}.`,
    ...(variants.includes('vulnerable')
      ? ['In the vulnerable shop, an attack that works is the expected answer (✓).']
      : []),
  ];
}
