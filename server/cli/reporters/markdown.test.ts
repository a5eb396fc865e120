import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordAll, reported } from '../../../testing/reported.ts';
import { markdownReporter, markdownText } from './markdown.ts';
import { oneLine } from './oneLine.ts';

const all = await recordAll();

test('a verdict, a table of what went wrong and of what did not, and the details', () => {
  const written = reported(markdownReporter, all.slice(0, 2));
  expect(written).toMatch(
    /^### ❌ Session Sandbox: 1 not as expected\n\n2 scenarios, 4 runs \(1\.2 s\)\n\n\| scenario \| vulnerable \| protected \|\n\| --- \|/,
  );
  expect(written).toMatch(/^\| Session fixation `wrong-fixation` \| ✅ holds, .+ \| ❌ fails, .+ \|$/m);
  expect(written).toContain('<details><summary>❌ wrong-fixation (protected)</summary>\n\n**Step 4: Step ');
  expect(written).toContain('```text\n✗ wrong-fixation');
  expect(written).toContain('GET https://shop.example/me (Mallory)');
});

test('everything holds', () => {
  expect(reported(markdownReporter, all.slice(0, 1), { outcome: { holds: true } })).toMatch(
    /^### ✅ Session Sandbox: all hold\n/,
  );
});

test('many that hold are folded, and what does not fit a comment is counted', () => {
  const many = Array.from({ length: 40 }, () => all).flat();
  const written = reported(markdownReporter, many);
  expect(written).toContain('<details><summary>40 scenarios as expected</summary>');
  expect(written).toMatch(/\n\n\d+ more runs not shown\.\n$/);
  expect(written.length).toBeLessThan(65_536);
});

test('a run that was stopped says so', () => {
  expect(reported(markdownReporter, [], { outcome: { stopped: 'Interrupted (SIGINT).' } })).toContain(
    '**Not everything was played:** Interrupted (SIGINT).',
  );
});

test('no text is markup, a mention, an address or a cell of its own', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[`*_<>[\]|@#\\\n:/ a-]*$/)), (text) => {
      const written = markdownText(text);
      // Each reference stands for one character: without it, its neighbors would meet.
      expect(written.replace(/&#\d+;/g, '?')).not.toMatch(/[`*_<>[\]|@#\\\n&~]|:\/\//);
      const decoded = written.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
      expect(decoded).toBe(oneLine(text));
    }),
  );
});
