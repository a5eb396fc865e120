import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordAll, reported } from '../../../testing/reported.ts';
import { htmlReporter, inScript } from './html.ts';

const all = await recordAll();
const template = '<!doctype html><head></head><body><!-- report --></body>';

test('the traces are in the page, with the first step that went wrong', () => {
  const page = reported((output) => htmlReporter(output, template), all);
  const [, json = ''] =
    /^<!doctype html><head><\/head><body><script type="application\/json" id="report">([^<]*)<\/script><\/body>$/.exec(
      page,
    ) ?? [];
  const { scenarios } = JSON.parse(json);
  expect(scenarios.map(({ slug }: { slug: string }) => slug)).toEqual([
    'session-fixation',
    'wrong-fixation',
    'broken-fixation',
  ]);
  const [holds, wrong] = scenarios[1].runs;
  expect(holds).toMatchObject({ name: 'vulnerable', holds: true, wrong: null, problems: [] });
  expect(wrong).toMatchObject({
    name: 'protected',
    holds: false,
    wrong: 3,
    problems: [expect.stringMatching(/^Step 4: Who does/)],
  });
  expect(wrong.trace).toEqual(all[1]!.runs[1]!.trace);
});

test('no text ends the element that holds it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom('</script>', '<!--', '<script', ']]>')), (text) => {
      expect(inScript({ text })).not.toContain('<');
      expect(JSON.parse(inScript({ text }))).toEqual({ text });
    }),
  );
});
