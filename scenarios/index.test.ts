import { expect, test } from 'vitest';
import { chapters } from './engine/chapters.ts';
import type { Narration } from './engine/narration.ts';
import type { Scenario } from './engine/scenario.ts';
import { scenarios } from './index.ts';

const slugs = scenarios.map(({ slug }) => slug);

test('the scenarios stand by chapter, in the order of the chapters', () => {
  const order = scenarios.map(({ chapter }) => chapters.indexOf(chapter));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
});

test('the first lesson has no attacker', () => {
  const roles = Object.values(scenarios[0]!.actors).map((actor) => (typeof actor === 'string' ? actor : actor.role));
  expect(roles).toEqual(['person', 'person']);
});

// A lesson needs what another one teaches.
test.each([
  ['save-uninitialized-flood', 'session-fixation'],
  ['session-fixation', 'login-csrf'],
  ['session-fixation', 'host-prefix'],
  ['session-fixation', 'subdomain-cookie-tossing'],
  ['reauth-for-sensitive-change', 'session-cookie-in-a-har-file'],
  ['second-factor-half-way', 'session-cookie-in-a-har-file'],
  ['save-uninitialized-flood', 'flash-message'],
  ['memory-store-two-instances', 'memory-store-grows'],
  ['idle-timeout', 'rolling-refresh'],
  ['rolling-refresh', 'authenticated-page-caching'],
  ['rolling-refresh', 'cdn-caches-set-cookie'],
  ['rolling-refresh', 'login-lost-to-a-slow-request'],
  ['logout-replay', 'in-flight-vs-forced-logout'],
])('%s comes before %s', (first, second) => {
  expect(slugs).toContain(first);
  expect(slugs.indexOf(second)).toBeGreaterThan(slugs.indexOf(first));
});

/** A developer who knows HTTP knows these; the rest are commands and answers of Redis, as they are shown. */
const known = new Set(
  'HTTP HTTPS ID IP URL JSON GET POST UTF SHA256 SHA RFC OWASP HEAD ASCII ERR OOM SET SCAN MULTI RPUSH WATCH'.split(
    ' ',
  ),
);

test('an abbreviation is spelled out where the reading order first meets it', () => {
  const met = new Set(known);
  const unexplained: string[] = [];
  for (const scenario of scenarios) {
    const text = textOf(scenario);
    for (const [abbreviation] of text.matchAll(/\b[A-Z][A-Z0-9]+\b/g)) {
      if (met.has(abbreviation)) continue;
      met.add(abbreviation);
      const explained = new RegExp(`[a-z] \\(${abbreviation}s?\\)|${abbreviation}\\S*( \\w+)? \\([^)]*[a-z]`).test(
        text,
      );
      if (!explained) unexplained.push(`${abbreviation} in ${scenario.slug}`);
    }
  }
  expect(unexplained).toEqual([]);
});

test('a reader of one variant is not told what happens in the other one', () => {
  const ofOther =
    /\b(one|other) (variant|of the two variants|of them)\b|\bthe variant that\b|\b(protected|vulnerable) (variant|shop|app)\b/i;
  const ofBoth = /\b(both|either|neither|the two) (variants?|shops?)\b/i;
  const told = scenarios.flatMap(({ slug, steps, lesson, notTheFix = [] }) => {
    const narrations = steps.flatMap(({ title, narration }) =>
      toldTo(narration).flatMap(({ whom, text }) => (whom === 'both' ? [] : [{ title, text }])),
    );
    const ending = [lesson, ...notTheFix].map((text) => ({ title: 'ending', text }));
    return [
      ...narrations.filter(({ text }) => ofOther.test(text) || ofBoth.test(text)),
      ...ending.filter(({ text }) => ofBoth.test(text)),
    ].map(({ title, text }) => `${slug}, ${title}: ${text}`);
  });
  expect(told).toEqual([]);
});

/** A narration with whom it is told to: each of its texts, or the one for everybody. */
const toldTo = (narration: Narration): { whom: string; text: string }[] =>
  typeof narration === 'string'
    ? [{ whom: 'everybody', text: narration }]
    : Object.entries(narration).map(([whom, text]) => ({ whom, text }));

/** The lesson as it is read: without its code, which shows names as they are. */
function textOf({ title, subtitle = '', question, steps, lesson, notTheFix = [] }: Scenario): string {
  const played = steps.flatMap((step) => [
    step.title,
    step.purpose,
    ...toldTo(step.narration).map(({ text }) => text),
    step.ask?.question ?? '',
  ]);
  return [title, subtitle, question, ...played, lesson, ...notTheFix].join('\n');
}
