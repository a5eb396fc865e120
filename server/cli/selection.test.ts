import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { scenarios } from '../../scenarios/index.ts';
import { ownScenario } from '../../testing/commandLine.ts';
import { catalogue } from './catalogue.ts';
import { WrongUsage } from './errors.ts';
import { select, withOwn } from './selection.ts';

const { signal } = new AbortController();
const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-own-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

const slugs = async (...wanted: string[]) =>
  (await select(wanted, { catalogue, folder, signal })).map(({ scenario }) => scenario.slug);
const all = scenarios.map(({ slug }) => slug);

test('without arguments all scenarios are selected', async () => {
  expect(await slugs()).toEqual(all);
});

test('scenarios are selected in the order in which they are named', async () => {
  expect(await slugs('rolling-refresh', 'session-fixation')).toEqual(['rolling-refresh', 'session-fixation']);
});

test.each([
  ['sesion-fixation', 'session-fixation'],
  ['Idle-Timeout', 'idle-timeout'],
  ['idletimeout', 'idle-timeout'],
  ['rolling-refesh', 'rolling-refresh'],
  ['forced-logout-one-devise', 'forced-logout-one-device'],
])('"%s" is refused, and %s is suggested', async (typed, meant) => {
  await expect(slugs('session-fixation', typed)).rejects.toThrow(
    `There is no scenario "${typed}". Did you mean ${meant}? The scenarios are ${all.join(', ')}.`,
  );
});

test.each(['', 'x', 'everything', '--list'])(
  '"%s" is refused without a suggestion, because nothing is similar',
  async (typed) => {
    await expect(slugs(typed)).rejects.toThrow(`There is no scenario "${typed}". The scenarios are`);
  },
);

describe('a scenario file', () => {
  test('is selected once, even if it is named twice; its path is relative to the folder', async () => {
    const file = write('own.ts', ownScenario({ slug: 'own' }));
    expect(await slugs('idle-timeout', `./${file}`, file, join(folder, file))).toEqual(['idle-timeout', 'own']);
  });

  test.each(['own.mjs', 'own.js', 'own.mts'])('may be %s, without a slash before it', async (name) => {
    expect(await slugs(write(name, ownScenario({ slug: 'of-another-kind' })))).toEqual(['of-another-kind']);
  });

  test('may have the slug of another scenario, but cannot be played together with it', async () => {
    const file = write('copy.ts', ownScenario({ slug: 'idle-timeout' }));
    expect(await slugs(file)).toEqual(['idle-timeout']);
    await expect(slugs(file, 'idle-timeout')).rejects.toThrow('Two different scenarios have the slug "idle-timeout"');
  });

  test.each([
    ['no-default.ts', 'export const x = 1;', /no-default\.ts has no default export/],
    ['null.ts', 'export default null;', /default export of .*null\.ts is not made with scenario/],
    ['plain.ts', 'export default { slug: "plain" };', /not made with scenario.*its chapter must be a string/],
    ['no-asks.ts', ownScenario({ slug: 'no-asks', asks: false }), /cannot be imported.*it asks nothing/],
    [
      'two.ts',
      `${ownScenario({ slug: 'one' })}\nexport const another = { slug: 'two', steps: [] };`,
      /two\.ts exports a second scenario, another, which would not be played/,
    ],
    ['throws.ts', 'throw new Error("boom");', /throws\.ts cannot be imported\. boom/],
  ])('%s is refused with the reason', async (name, text, message) => {
    const wanted = slugs(write(name, text));
    await expect(wanted).rejects.toThrow(WrongUsage);
    await expect(wanted).rejects.toThrow(message);
  });

  test('that does not exist is refused with its full path', async () => {
    await expect(slugs('./missing.ts')).rejects.toThrow(`There is no file ${join(folder, 'missing.ts')}.`);
  });
});

test('scenarios of one’s own stand after the others, and none takes the slug of another', async () => {
  const mine = write('shown.ts', ownScenario({ slug: 'shown-on-the-page' }));
  const among = { catalogue, folder, signal };
  expect((await withOwn([mine], among)).map(({ slug }) => slug)).toEqual([...all, 'shown-on-the-page']);
  const taken = write('taken.ts', ownScenario({ slug: 'session-fixation' }));
  await expect(withOwn([taken], among)).rejects.toThrow('Two different scenarios have the slug "session-fixation".');
  await expect(withOwn(['none.ts'], among)).rejects.toThrow('There is no file');
});
