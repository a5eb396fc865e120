import { expect, test } from 'vitest';
import { type Recorded, recordAll, reported } from '../../testing/reported.ts';
import type { Output, Reporter } from './reporter.ts';
import { githubReporter } from './reporters/github.ts';
import { htmlReporter } from './reporters/html.ts';
import { jsonReporter } from './reporters/json.ts';
import { junitReporter } from './reporters/junit.ts';
import { markdownReporter } from './reporters/markdown.ts';
import { prettyReporter } from './reporters/pretty.ts';
import { tapReporter } from './reporters/tap.ts';
import { tellingSlowness } from './slowRedis.ts';

const reporters: Record<string, (output: Output) => Reporter> = {
  pretty: prettyReporter,
  json: jsonReporter,
  junit: junitReporter,
  tap: tapReporter,
  github: (output) => githubReporter(output, { locate: (file) => ({ file, line: null }) }),
  markdown: markdownReporter,
  html: (output) => htmlReporter(output, '<!-- report -->'),
};

const [held] = await recordAll();
const sentence = 'Redis answers slowly: 512 ms for a PING.';

/** Returns what was recorded as if Redis had told this in each run. */
const toldIn = ({ scenario, runs }: Recorded, why: string): Recorded => ({
  scenario,
  runs: runs.map((run) => {
    const slow = { ...run.trace.events.at(-1)!, type: 'store', status: 'slow', why } as const;
    return { ...run, trace: { ...run.trace, events: [...run.trace.events, slow] } };
  }),
});

test.each(Object.entries(reporters))('%s says that Redis was slow, in the sentence of the page', (_, create) => {
  const played = [toldIn(held!, sentence)];
  const withoutMarkup = (text: string) => text.replaceAll('&#58;', ':');
  expect(withoutMarkup(reported((output) => tellingSlowness(create(output)), played))).toContain(sentence);
  expect(reported((output) => tellingSlowness(create(output)), [held!])).not.toContain('answers slowly');
});
