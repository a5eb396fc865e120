import { expect, test } from 'vitest';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { playedScenario, playScenario } from '../../testing/playedScenario.ts';
import { differingTabs } from './differingTabs.ts';

const step = ({ header, events }: Trace, index: number) => ({
  header,
  events: events.filter((event) => event.step === index),
});

test.each([
  ['session-fixation', [[], [], ['cookies', 'redis', 'wire'], ['cookies', 'redis', 'wire'], ['wire']]],
  ['resave-lost-update', [['redis'], ['redis'], ['redis'], []]],
  // Its third step changes what the browser holds, its fifth neither.
  ['logout-cookie-survives', [[], [], ['cookies', 'wire'], ['wire'], [], ['cookies', 'redis', 'wire']]],
])('in %s, each step marks the panels where it has left a difference', async (slug, expected) => {
  const [vulnerable, fixed] = [await playedScenario(slug, 'vulnerable'), await playedScenario(slug, 'protected')];
  const found = expected.map((_, index) => [...differingTabs(step(vulnerable, index), step(fixed, index))]);
  expect(found).toEqual(expected);
});

test.each(['session-fixation', 'remember-me-token', 'flash-message'])(
  'two runs of the same variant of %s differ nowhere',
  async (slug) => {
    const [one, other] = [await playedScenario(slug, 'protected'), await playScenario(slug, 'protected')];
    const found = one.header.scenario.steps.map((_, index) => [...differingTabs(step(one, index), step(other, index))]);
    expect(found).toEqual(found.map(() => []));
  },
);

test('what no other panel shows marks the log', async () => {
  const trace = await playedScenario('session-fixation', 'vulnerable');
  const played = step(trace, 0);
  const mail = { type: 'mail', seq: 1, at: 1, step: 0, request: null, to: 'alice@shop.example', subject: 'A' } as const;
  expect([...differingTabs(played, { ...played, events: [...played.events, mail] })]).toEqual(['log']);
});

test('a lifetime that an app says in seconds may be a second less where it took a moment longer', async () => {
  const played = step(await playedScenario('remember-me-token', 'protected'), 0);
  const text = JSON.stringify(played.events);
  const later = (by: number) => ({
    ...played,
    events: JSON.parse(
      text.replace(/Max-Age=(\d+)/g, (_, seconds) => `Max-Age=${Number(seconds) - by}`),
    ) as Trace['events'],
  });
  expect(later(1).events).not.toEqual(played.events);
  expect([...differingTabs(played, later(1))]).toEqual([]);
  expect([...differingTabs(played, later(3600))]).toEqual(['wire']);
});
