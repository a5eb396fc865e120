import { describe, expect, test } from 'vitest';
import { playedScenario, upToStep } from '../../testing/playedScenario.ts';
import { read } from './read.ts';
import type { Variant } from './trace.ts';
import { verdict } from './whoIsWhoText.ts';

/** Returns what is said after that many steps of a scenario on the mock. */
const saidAfter = async (slug: string, variant: Variant, steps: number) =>
  verdict(read(upToStep(await playedScenario(slug, variant), steps)));

const otherSite = 'a page of evil.example makes the request in the background';

describe('a step in which nobody’s identity changed says what it showed', () => {
  test.each([
    [
      'a link that a Strict cookie does not follow, before a click that works',
      ...['samesite-csrf', 'vulnerable', 5, 'plain'],
      'Alice’s cookie was not sent: it has SameSite=Strict, and the request comes from mail.example. The shop answered 401.',
    ],
    [
      'a forged request without the cookie, before a genuine one',
      ...['logout-replay', 'vulnerable', 3, 'danger'],
      `Alice’s cookie was not sent: it has SameSite=Lax, and ${otherSite}. The shop answered 401. Mallory’s cookie still means Alice.`,
    ],
    [
      'a cookie that another site of the same domain was sent',
      ...['subdomain-cookie-tossing', 'vulnerable', 2, 'danger'],
      'A copy of Alice’s cookie is at blog.shop.example now. Anybody who reads it is Alice to the shop.',
    ],
    [
      'the attacker’s own cookie, which went to the same site from its victim’s browser',
      ...['host-prefix', 'vulnerable', 5, 'danger'],
      'Alice’s browser refused the cookie __host-sid that blog.shop.example set. The cookies of Alice and Bob still mean Mallory.',
    ],
    [
      'a cookie that another site set, rather than the one that it was not sent',
      ...['csrf-token', 'vulnerable', 7, 'plain'],
      'Alice’s browser kept the cookie csrf that blog.shop.example set.',
    ],
    [
      'a record that nobody holds the cookie of, although its owner has another one',
      ...['login-lost-to-a-slow-request', 'vulnerable', 6, 'plain'],
      'Alice is nobody to the shop: Redis has no record for the cookie. A record still names Alice, and no browser holds its cookie.',
    ],
    [
      'the requests of one whose name is two words',
      ...['save-uninitialized-flood', 'protected', 1, 'plain'],
      'All 50 requests of Mallory’s bot for the front page got 200.',
    ],
    [
      'a device in a list, and not once more',
      ...['admin-kill-switch', 'vulnerable', 8, 'plain'],
      'Mallory’s laptop, phone, Alice and Admin are nobody to the shop: Redis has no record for their cookies.',
    ],
  ] as [string, string, Variant, number, string, string][])('%s', async (_, slug, variant, steps, tone, text) => {
    expect(await saidAfter(slug, variant, steps)).toMatchObject({ tone, text });
  });

  test('how long the quickest answers took, and whether that tells accounts from others', async () => {
    const weak = await saidAfter('user-enumeration-by-timing', 'vulnerable', 2);
    expect(weak.text).toMatch(
      /^Mallory got 401 each time\. The quickest took \d+ ms when trying accounts, and \d+ ms when trying no account\.$/,
    );
    expect(weak.tone).toBe('danger');
    expect((await saidAfter('user-enumeration-by-timing', 'protected', 2)).tone).toBe('safe');
  });
});
