import { describe, expect, test } from 'vitest';
import { minutes, seconds } from '../../../scenarios/engine/durations.ts';
import type { KeyChanged, RecordedCookie, Trace, TraceEvent } from '../../../scenarios/engine/trace.ts';
import { crowd, fixation, leftAlone, trouble } from '../../../testing/panelTraces.ts';
import { namespace, recordOf, sidA, sidB, signed } from '../../../testing/traceBuilder.ts';
import { endOf, type Lane, lifetimeLanes } from './lanes.ts';
import { describeLane, laneName, laneState, livingFirst, timeLeftText } from './laneText.ts';

const lanesOf = ({ events, header }: Trace) => lifetimeLanes(events, header);
/** The header of the fixture, with Alice as the only actor. */
const { header: fixtureHeader } = fixation(true);
const header = {
  ...fixtureHeader,
  scenario: { ...fixtureHeader.scenario, actors: [{ name: 'alice', label: 'Alice', role: 'victim' as const }] },
};
const named = (lanes: Lane[]) => lanes.map(laneName);

const cookie = (sid: string, expiresAt: number | null): RecordedCookie => ({
  name: 'sid',
  value: signed(sid),
  domain: 'shop.example',
  hostOnly: true,
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'Lax',
  expiresAt,
  sid,
});
const jar = (at: number, ...cookies: RecordedCookie[]): TraceEvent => {
  return { type: 'jar', seq: 0, at, step: 0, actor: 'alice', cookies, cause: { by: 'response', request: 1 } };
};
const key = (at: number, change: KeyChanged['change'], expiresAt: number | null, name = recordOf(sidA)): TraceEvent => {
  const sid = name === recordOf(sidA) ? sidA : null;
  return { type: 'key', seq: 0, at, step: 0, key: name, change, value: null, expiresAt, cause: { by: 'outside' }, sid };
};
const only = (...events: TraceEvent[]) => lifetimeLanes(events, header)[0]!;

test('cookies come first, in the order of the actors, then the records in the order of their creation', () => {
  expect(named(lanesOf(fixation(true)))).toEqual(['Cookie, Mallory', 'Cookie, Alice', 'Record', 'Record']);
  expect(lanesOf(fixation(true)).map(({ lifetimes }) => lifetimes.map(({ sid }) => sid))).toEqual([
    [sidA],
    [sidA, sidB],
    [sidA],
    [sidB],
  ]);
  expect(named(lanesOf(crowd()))).toHaveLength(5 + 6);
});

test('two session cookies of one actor have different names', () => {
  const sid = cookie(sidA, 1000);
  const cookies = (...several: RecordedCookie[]) => named(lifetimeLanes([jar(0, ...several)], header));
  expect(cookies(sid, { ...sid, name: 'other' })).toEqual(['Cookie, Alice, sid', 'Cookie, Alice, other']);
  expect(cookies(sid, { ...sid, name: '__Host-sid' })).toEqual(['Cookie, Alice, sid', 'Cookie, Alice, __Host-sid']);
  expect(cookies(sid, { ...sid, domain: 'example', path: '/me' })).toEqual([
    'Cookie, Alice, sid shop.example/',
    'Cookie, Alice, sid example/me',
  ]);
});

test('a cookie with the token of keys that the scenario is about has a lane', () => {
  const remember = { ...cookie(sidA, 2_592_000_000), name: '__Host-remember', value: 'series.token', sid: null };
  const about = (subject: string[]) =>
    lifetimeLanes([jar(0, cookie(sidA, null), remember)], { ...header, scenario: { ...header.scenario, subject } });
  expect(named(about(['sess:']))).toEqual(['Cookie, Alice']);
  expect(named(about(['sess:', 'remember:']))).toEqual(['Cookie, Alice, sid', 'Cookie, Alice, remember']);
  expect(about(['sess:', 'remember:'])[1]!.lifetimes.map(endOf)).toEqual([2_592_000_000]);
});

test('two records of one session have different names', () => {
  const other = recordOf(sidA).replace('sess:', 'admin:');
  const events = [key(0, 'set', 1000), { ...key(0, 'set', 1000, other), sid: sidA }];
  expect(named(lifetimeLanes(events, header))).toEqual(['Record, sess:', 'Record, admin:']);
});

describe('a cookie', () => {
  test('that is replaced by the cookie of another session ends where that one starts', () => {
    const lane = only(jar(0, cookie(sidA, 1000)), jar(400, cookie(sidB, 1400)));
    expect(lane.lifetimes).toEqual([
      { sid: sidA, expiries: [{ at: 0, expiresAt: 1000 }], end: { at: 400, how: 'replaced' } },
      { sid: sidB, expiries: [{ at: 400, expiresAt: 1400 }], end: null },
    ]);
  });

  test('that is set again lives longer, in the same lifetime', () => {
    const lane = only(jar(0, cookie(sidA, 1000)), jar(400, cookie(sidA, 1400)), jar(500, cookie(sidA, 1400)));
    expect(lane.lifetimes).toHaveLength(1);
    expect(lane.lifetimes[0]!.expiries).toEqual([
      { at: 0, expiresAt: 1000 },
      { at: 400, expiresAt: 1400 },
    ]);
  });

  test('ends at its expiry without an event', () => {
    const lane = only(jar(0, cookie(sidA, 1000)));
    expect(endOf(lane.lifetimes[0]!)).toBe(1000);
    expect(timeLeftText(lane, 1000)).toBe('expired');
  });

  test('that had expired before the jar was cleared is not removed, but expired', () => {
    expect(only(jar(0, cookie(sidA, 1000)), jar(2000)).lifetimes[0]!.end).toEqual({ at: 1000, how: 'expired' });
    expect(only(jar(0, cookie(sidA, 1000)), jar(600)).lifetimes[0]!.end).toEqual({ at: 600, how: 'removed' });
  });

  test('of a real browser outlives a time jump past its expiry, because the clock there did not jump', () => {
    const jumped = { ...jar(2000, cookie(sidA, 2900)), cause: { by: 'own-clock' } } as TraceEvent;
    const { lifetimes } = only(jar(0, cookie(sidA, 1000)), jumped);
    expect(lifetimes).toHaveLength(1);
    expect(lifetimes[0]).toMatchObject({ expiries: [{ expiresAt: 1000 }, { at: 2000, expiresAt: 2900 }], end: null });
  });

  test('that the jar still lists after its expiry does not start again', () => {
    const lane = only(jar(0, cookie(sidA, 1000)), jar(2000), jar(3000, cookie(sidA, 1000)));
    expect(lane.lifetimes).toHaveLength(1);
  });

  test('without an expiry has no known end', () => {
    const lane = only(jar(0, cookie(sidA, null)));
    expect(endOf(lane.lifetimes[0]!)).toBeNull();
    expect(timeLeftText(lane, minutes(600))).toBe('no expiry');
  });

  test('that is not a session cookie has no lane', () => {
    expect(lifetimeLanes([jar(0, { ...cookie(sidA, null), value: 'dark', sid: null })], header)).toEqual([]);
  });
});

describe('a record', () => {
  test('has an expiry for each refresh', () => {
    const lane = only(key(0, 'set', 1000), key(300, 'ttl', 1300), key(500, 'ttl', 1500));
    expect(lane.lifetimes[0]!.expiries).toEqual([
      { at: 0, expiresAt: 1000 },
      { at: 300, expiresAt: 1300 },
      { at: 500, expiresAt: 1500 },
    ]);
  });

  test('that expires during a time jump ends at its expiry, not at the end of the jump', () => {
    const trace = leftAlone();
    const record = lanesOf(trace).at(-1)!;
    const { expiries, end } = record.lifetimes[0]!;
    expect(end).toEqual({ at: expiries[0]!.expiresAt, how: 'expired' });
    expect(end!.at).toBeLessThan(trace.events.find(({ type }) => type === 'time')!.at);
  });

  test('that is deleted and written again has two lifetimes in one lane', () => {
    const lane = only(key(0, 'set', 1000), key(300, 'deleted', null), key(400, 'set', 1400));
    expect(lane.lifetimes.map(({ end }) => end)).toEqual([{ at: 300, how: 'deleted' }, null]);
    expect(laneState(lane, 350)).toMatchObject({ how: 'deleted' });
    expect(laneState(lane, 500)).toMatchObject({ left: 900 });
  });

  test('is described with the time left, its TTL, and how often it was refreshed', () => {
    const lane = only(key(0, 'set', minutes(30)), key(seconds(60), 'ttl', minutes(31)));
    expect(describeLane(lane, -1)).toBe('Record: does not exist yet');
    expect(describeLane(lane, seconds(30))).toBe('Record, session wME6p7: 29 min 30 s left of 30 min');
    expect(describeLane(lane, seconds(70))).toBe('Record, session wME6p7: 29 min 50 s left of 30 min, refreshed once');
    expect(describeLane(lane, minutes(40))).toBe('Record, session wME6p7: expired 31 min after the start');
  });
});

test('other keys have lanes if the scenario is about them, however many there are, and never else', () => {
  const others = (count: number) =>
    Array.from({ length: count }, (_, index) => key(0, 'set', null, `${namespace}remember:${index}`));
  const record = key(0, 'set', 1000);
  const about = { ...header, scenario: { ...header.scenario, subject: ['sess:', 'remember:'] } };
  for (const count of [1, 5]) {
    expect(lifetimeLanes([record, ...others(count)], about)).toHaveLength(1 + count);
    expect(named(lifetimeLanes([record, ...others(count)], header))).toEqual(['Record']);
  }
});

describe('the app’s absolute limit', () => {
  const record = (at: number, loginAt: unknown): TraceEvent => ({
    ...(key(at, 'set', at + minutes(30)) as KeyChanged),
    value: { type: 'string', data: JSON.stringify({ userId: 1, loginAt }) },
  });
  const { absolute } = header.limits;

  test('counts from the login in the record, and refreshes do not move it', () => {
    const lane = only(record(1000, header.startedAt + 900), key(60_000, 'ttl', 60_000 + minutes(30)));
    expect(lane.lifetimes[0]!.limitAt).toBe(900 + absolute);
    expect(describeLane(lane, 60_000)).toMatch(/; absolute limit in 7 h 59 min$/);
    expect(describeLane({ ...lane, lifetimes: [{ ...lane.lifetimes[0]!, limitAt: 50_000 }] }, 60_000)).toMatch(
      /; absolute limit passed 10 s ago$/,
    );
  });

  test('is unknown if the record has no valid time of the login, or is not JSON', () => {
    for (const loginAt of [undefined, null, 'yesterday']) {
      expect(only(record(1000, loginAt)).lifetimes[0]!.limitAt).toBeUndefined();
    }
    const broken = { ...(key(0, 'set', 1000) as KeyChanged), value: { type: 'string', data: '{"loginAt":' } as const };
    expect(only(broken).lifetimes[0]!.limitAt).toBeUndefined();
  });
});

test('a record that is deleted manually ends, and its cookie does not', () => {
  const [aliceCookie, record] = lanesOf(trouble());
  expect(record!.lifetimes[0]!.end).toMatchObject({ how: 'deleted' });
  expect(aliceCookie!.lifetimes[0]!.end).toBeNull();
});

test('what exists comes before what has ended, whatever else their order', () => {
  const records = ['one', 'two', 'three', 'four'].map((name) => `sandbox:1:sess:${name}`);
  const [one, two, three, four] = records as [string, string, string, string];
  const lanes = lifetimeLanes(
    [
      key(0, 'set', 1000, one),
      key(1, 'set', 200, two),
      key(2, 'set', 1000, three),
      key(3, 'set', null, four),
      key(9, 'deleted', null, three),
    ].map((event) => ({ ...event, sid: (event as KeyChanged).key })) as TraceEvent[],
    header,
  );
  const order = (at: number) => livingFirst(lanes, at).map(({ id }) => id);
  expect(order(5)).toEqual([one, two, three, four]);
  expect(order(100)).toEqual([one, two, four, three]);
  expect(order(200)).toEqual([one, four, two, three]);
});
