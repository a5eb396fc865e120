import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JarCookie } from '../../../scenarios/engine/trace.ts';
import { createClock } from '../time/clock.ts';
import { asSent, createCookieRules } from './rules.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const shop = new URL('https://shop.example/me');
const own = { url: shop, method: 'GET', initiator: shop, navigation: false };
const evil = { ...own, method: 'POST', initiator: new URL('https://evil.example'), navigation: true };

const cookie = (given: Partial<JarCookie>): JarCookie => ({
  ...{ name: 'sid', value: 'x', domain: 'shop.example', hostOnly: true, path: '/', secure: true },
  ...{ httpOnly: true, sameSite: 'Lax', expiresAt: null, ...given },
});

/** The rules for a browser with these cookies. */
function rulesFor(...cookies: JarCookie[]) {
  const clock = createClock();
  const rules = createCookieRules(clock);
  rules.follow(cookies);
  return { rules, clock };
}

const rule = (value: string, sent: boolean) => ({ name: 'sid', value, sent, why: `rule for ${value}` });

test('a reason is given only where the rules come to what the browser did', () => {
  expect(asSent('sid=a; other=c=d', [rule('a', true), rule('b', false)])).toEqual([
    rule('a', true),
    { name: 'other', value: 'c=d', sent: true, why: 'the real browser sends it, and gives no reason' },
    rule('b', false),
  ]);
  expect(asSent('sid=b', [rule('a', true), rule('b', false)])).toEqual([
    { ...rule('b', true), why: 'the real browser sends it, and gives no reason' },
    { ...rule('a', false), why: 'the real browser does not send it, and gives no reason' },
  ]);
  expect(asSent('', [])).toEqual([]);
});

test('the rules are applied to the cookies that the browser has now', () => {
  const { rules } = rulesFor(cookie({}), cookie({ name: 'old' }));
  rules.follow([cookie({ value: 'y', sameSite: 'Strict' })]);
  expect(rules.sent('sid=y', own)).toEqual([expect.objectContaining({ name: 'sid', value: 'y', sent: true })]);
  expect(rules.sent('', evil)).toEqual([
    expect.objectContaining({ name: 'sid', sent: false, why: expect.stringContaining('SameSite=Strict') }),
  ]);
  expect(rules.cookiesFor(shop).map(({ name }) => name)).toEqual(['sid']);
});

test('a cookie without SameSite counts as young from when it was first seen', () => {
  const { rules } = rulesFor(cookie({ sameSite: null }));
  vi.advanceTimersByTime(60_000);
  rules.follow([cookie({ sameSite: null })]);
  expect(rules.sent('sid=x', evil)[0]!.why).not.toContain('gives no reason');
  rules.age(61_000);
  expect(rules.sent('', evil)).toMatchObject([{ sent: false, why: expect.stringContaining('treated as Lax') }]);
});

test('an expired cookie is named with the next request, and not after it', () => {
  const { rules, clock } = rulesFor(cookie({ expiresAt: 1000 }));
  rules.age(2000);
  clock.jump(2000);
  rules.follow([]);
  expect(rules.sent('', own)).toMatchObject([{ name: 'sid', sent: false, why: expect.stringContaining('expired') }]);
  expect(rules.sent('', own)).toEqual([]);
});
