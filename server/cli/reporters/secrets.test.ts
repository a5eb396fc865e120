import { expect, test } from 'vitest';
import { recordAll, reported } from '../../../testing/reported.ts';
import type { Output, Reporter } from '../reporter.ts';
import { githubReporter } from './github.ts';
import { htmlReporter } from './html.ts';
import { jsonReporter } from './json.ts';
import { junitReporter } from './junit.ts';
import { markdownReporter } from './markdown.ts';
import { prettyReporter } from './pretty.ts';
import { tapReporter } from './tap.ts';

const create: Record<string, (output: Output) => Reporter> = {
  pretty: prettyReporter,
  json: jsonReporter,
  junit: junitReporter,
  tap: tapReporter,
  github: (output) => githubReporter(output, { locate: (file) => ({ file, line: 1 }) }),
  markdown: markdownReporter,
  html: (output) => htmlReporter(output, '<!-- report -->'),
};

test.each(Object.keys(create))('the %s reporter shows no session ID, no signature and no password', async (name) => {
  const written = reported(create[name]!, await recordAll());
  expect(written).toContain('wrong-fixation');
  // A session ID has 32 characters, a signature or a token 43.
  expect(written).not.toMatch(/(sess:|s%3A)[\w-]{7}|(?<![\w-])([\w-]{32}|[\w-]{43})(?![\w-])/);
  expect(written).not.toContain('rabbit-hole-7');
});

test.each(Object.keys(create).filter((name) => name !== 'html'))(
  'the %s reporter writes no control character but line breaks',
  async (name) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are searched for
    expect(reported(create[name]!, await recordAll())).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  },
);
