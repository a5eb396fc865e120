import { expect } from 'vitest';
import { minutes } from '../../scenarios/engine/durations.ts';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import { scenarios } from '../../scenarios/index.ts';
import { testRealTime } from '../../testing/realTime.ts';

/**
 * The record is saved, then only renewed, and saved again when its own `expires` has passed: connect-redis deletes it then.
 * (connect-redis issues 259, 292 and 321)
 */
const savedLate: Scenario = {
  ...scenarios.find(({ slug }) => slug === 'session-fixation')!,
  slug: 'saved-late',
  times: { idle: minutes(30), pause: minutes(20) },
  inRealTime: { idle: 6000, pause: 4000 },
  steps: [
    step(({ alice }) => alice!.post('/basket', { item: 'hat' })),
    step(async ({ alice, world }) => {
      await world.letPass(world.times.pause!);
      await alice!.get('/basket');
    }),
    step(async ({ alice, world }) => {
      await world.letPass(world.times.pause!);
      await alice!.post('/auth/login', { email: 'alice@shop.example', password: 'rabbit-hole-7' });
    }),
  ],
};

function step(act: Scenario['steps'][number]['act']): Scenario['steps'][number] {
  return { title: 'A step', purpose: '', narration: '', act };
}

// The scenarios that let time pass: scenarios.realTime.full.test.ts.
testRealTime([savedLate], (waited) => {
  for (const { events } of waited.filter(({ header }) => header.variant === 'vulnerable')) {
    expect(events).toContainEqual(expect.objectContaining({ type: 'key', change: 'deleted' }));
  }
});
