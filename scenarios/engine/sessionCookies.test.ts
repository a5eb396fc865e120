import { expect, test } from 'vitest';
import { playedScenario, upToStep } from '../../testing/playedScenario.ts';
import { read } from './read.ts';
import type { Variant } from './trace.ts';
import { differingBrowsers, whoIsWho } from './whoIsWho.ts';
import { whoIsWhoLines } from './whoIsWhoLines.ts';

const after = async (slug: string, variant: Variant, steps: number) =>
  whoIsWho(read(upToStep(await playedScenario(slug, variant), steps)));

test('that a cookie was not sent to another host says nothing of the shop, to which it still means the same person', async () => {
  for (const step of [2, 4]) {
    const who = await after('subdomain-cookie-tossing', 'protected', step);
    const [alice] = who.browsers;
    expect(alice?.cookies[0]).toMatchObject({ broken: null, keptFrom: { host: 'blog.shop.example' } });
    expect(alice?.means?.name).toBe('Alice');
    expect(whoIsWhoLines(who)[0]).toMatch(
      /^Alice: session cookie \S{6}, no Domain, not sent: it is for exactly shop\.example, not for blog\.shop\.example; record of Alice, customer\.$/,
    );
    expect(differingBrowsers(await after('subdomain-cookie-tossing', 'vulnerable', step), who)).toEqual([]);
  }
});

test('once the shop itself is asked, only that counts', async () => {
  const [alice] = (await after('subdomain-cookie-tossing', 'protected', 7)).browsers;
  expect(alice?.cookies[0]).toMatchObject({ broken: null, keptFrom: null });
});

test('a cookie that the shop’s own host did not get leads nowhere', async () => {
  const alice = (await after('samesite-csrf', 'protected', 3)).browsers.find(({ actor }) => actor.name === 'alice');
  expect(alice?.cookies[0]).toMatchObject({ broken: { how: 'not-sent' }, keptFrom: null });
});
