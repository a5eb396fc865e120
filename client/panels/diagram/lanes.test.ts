import { expect, test } from 'vitest';
import { playedScenario } from '../../../testing/playedScenario.ts';
import { lanesIn } from './lanes.ts';

/** With a cache, with other sites, with other apps, with an origin that answers on both schemes, and with pages that nobody requests. */
test.each(['cdn-caches-set-cookie', 'samesite-csrf', 'host-prefix', 'hsts', 'cors-with-credentials', 'logout-replay'])(
  'the lanes of %s are there before its first step, so that none is inserted later, and none stays empty',
  async (slug) => {
    const traces = await Promise.all([playedScenario(slug, 'vulnerable'), playedScenario(slug, 'protected')]);
    for (const { header, events } of traces) expect(lanesIn(header, []).list).toEqual(lanesIn(header, events).list);
    const answered = traces.flatMap(({ events }) =>
      events.flatMap((event) => (event.type === 'response' ? event.by : [])),
    );
    expect(answered).toEqual(expect.arrayContaining(traces[0]!.header.scenario.answerers ?? []));
  },
);

test('the cache stands between the browsers and the app, and another app beside the app', async () => {
  const labels = async (slug: string) =>
    lanesIn((await playedScenario(slug, 'vulnerable')).header, []).list.map(({ label }) => label);
  expect(await labels('cdn-caches-set-cookie')).toEqual([
    'Alice',
    'Bob, the next visitor',
    'Cache',
    'Express',
    'Redis',
  ]);
  expect((await labels('samesite-csrf')).slice(-3)).toEqual(['Express', 'hats.example', 'Redis']);
});
