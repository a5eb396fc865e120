import { read } from '../../../scenarios/engine/read.ts';
import { answersIn, type Output, type Reporter, type Run, runHolds } from '../reporter.ts';

/** Writes one JSON document and nothing else, for scripts. Milliseconds are whole numbers. */
export function jsonReporter({ write }: Pick<Output, 'write'>): Reporter {
  const scenarios: object[] = [];

  return {
    started() {},
    played({ slug, title }, runs) {
      const variants = Object.fromEntries(runs.map((run) => [run.variant, report(run)]));
      scenarios.push({ slug, title, variants });
    },
    skipped({ slug, title }, reason) {
      scenarios.push({ slug, title, skipped: reason });
    },
    finished({ holds, ms, stopped, store, slow }) {
      const document = {
        redis: store,
        holds,
        ms: Math.round(ms),
        scenarios,
        ...(slow !== undefined && { slow }),
        ...(stopped !== null && { error: stopped }),
      };
      write(`${JSON.stringify(document, null, 2)}\n`);
    },
  };
}

function report(run: Run): object {
  const { trace, ms, repeated } = run;
  const view = read(trace);
  const untrue = view.steps.flatMap(({ index, untrue }) => untrue.map((one) => ({ step: index + 1, ...one })));
  const differences = view.steps.flatMap(({ index, differs }) => differs.map((one) => ({ step: index + 1, ...one })));
  const failed = view.steps.find(({ state }) => state === 'failed');
  return {
    ...(trace.header.repair !== undefined && { repair: trace.header.repair }),
    ...(trace.header.browser !== undefined && { browser: trace.header.browser }),
    holds: runHolds(run),
    ms: Math.round(ms),
    asks: answersIn(view).map(({ question, expected, actual, holds, elsewhere }) => ({
      question,
      expected,
      actual,
      holds,
      ...(elsewhere && { elsewhere }),
    })),
    ...(repeated && { repeated }),
    ...(untrue.length > 0 && { untrue }),
    ...(differences.length > 0 && { differences }),
    ...(failed && { error: `Step ${failed.index + 1}, "${failed.outline.title}": ${failed.error}` }),
  };
}
