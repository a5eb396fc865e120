import fc from 'fast-check';
import { expect, test } from 'vitest';
import eviction from '../../../scenarios/eviction-logs-everyone-out.ts';
import { parseXml, schemaProblems } from '../../../testing/junitSchema.ts';
import { recordAll, reported } from '../../../testing/reported.ts';
import { junitReporter } from './junit.ts';
import { element, xmlText } from './xml.ts';

const all = await recordAll();

test('a suite for each run, a case for each step, as the schema has them', () => {
  const root = parseXml(reported(junitReporter, all, { skipped: [eviction] }));
  expect(schemaProblems(root)).toEqual([]);
  expect(root.attributes).toMatchObject({ tests: '29', failures: '1', errors: '2', time: '1.234' });
  expect(root.children.map(({ attributes }) => attributes.name)).toEqual([
    'session-fixation (vulnerable)',
    'session-fixation (protected)',
    'wrong-fixation (vulnerable)',
    'wrong-fixation (protected)',
    'broken-fixation (vulnerable)',
    'broken-fixation (protected)',
    'eviction-logs-everyone-out',
  ]);
  const [holds, , , wrong] = root.children;
  expect(holds!.attributes).toMatchObject({
    tests: '5',
    failures: '0',
    file: '/project/scenarios/session-fixation.ts',
  });
  expect(holds!.children.every(({ children }) => children.length === 0)).toBe(true);
  const failed = wrong!.children.filter(({ children }) => children.length > 0);
  expect(failed).toHaveLength(1);
  expect(failed[0]!.attributes.classname).toBe('wrong-fixation.protected');
  expect(failed[0]!.children[0]).toMatchObject({
    name: 'failure',
    text: expect.stringContaining('GET https://shop.example/me'),
  });
});

test('the counts are those of the cases', () => {
  const root = parseXml(reported(junitReporter, all, { skipped: [eviction] }));
  for (const { attributes, children } of root.children) {
    const count = (name: string) =>
      String(children.filter((one) => one.children.some((two) => two.name === name)).length);
    expect(attributes).toMatchObject({
      tests: String(children.length),
      failures: count('failure'),
      errors: count('error'),
      skipped: count('skipped'),
    });
  }
});

test('a run that was stopped has an error, even if everything that was played holds', () => {
  const root = parseXml(reported(junitReporter, all.slice(0, 1), { outcome: { stopped: 'Interrupted (SIGINT).' } }));
  expect(schemaProblems(root)).toEqual([]);
  expect(root.attributes.errors).toBe('1');
});

test('repetitions that differ are a failure of their own', () => {
  const runs = all[0]!.runs.map((run) => ({ ...run, repeated: { times: 20, differ: 2, fail: 0 } }));
  const root = parseXml(reported(junitReporter, [{ ...all[0]!, runs }]));
  expect(root.attributes.failures).toBe('2');
  expect(root.children[0]!.children.at(-1)!.children[0]!.attributes.message).toBe('2 of 20 runs differ.');
});

/** What XML does not have. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are left out
const absent = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/gu;

test('any text can be read again, but for the characters that XML does not have', () => {
  const characters = fc.constantFrom(...'<>&"\'];-\u0000\t\n\r\u001b\u0085\ud800\udc00\ufffe');
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: characters })), (text) => {
      const { attributes, text: content } = parseXml(element('a', { x: text }, [xmlText(text)]));
      expect(attributes.x).toBe(text.replace(absent, ''));
      expect(content).toBe(text.replace(absent, ''));
    }),
  );
});
