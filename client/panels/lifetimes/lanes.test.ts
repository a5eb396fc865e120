import { describe, expect, test } from 'vitest';
import { minutes, seconds } from '../../../scenarios/engine/durations.ts';
import type { KeyChanged, RecordedCookie, Trace, TraceEvent } from '../../../scenarios/engine/trace.ts';
import { crowd, fixation, leftAlone, trouble } from '../../../testing/panelTraces.ts';
import { namespace, recordOf, sidA, sidB, signed } from '../../../testing/traceBuilder.ts';
import { endOf, type Lane, lifeLanes, standing } from './lanes.ts';
import { laneInWords, laneName, leftInWords } from './words.ts';

const lanesOf = ({ events, header }: Trace) => lifeLanes(events, header);
/** Alice alone, in the world of the fixture. */
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
const only = (...events: TraceEvent[]) => lifeLanes(events, header)[0]!;

test('Cookies come first, in the order of the actors, then the records in the order they were made.', () => {
  expect(named(lanesOf(fixation(true)))).toEqual(['Cookie, Mallory', 'Cookie, Alice', 'Record', 'Record']);
  expect(lanesOf(fixation(true)).map(({ lives }) => lives.map(({ sid }) => sid))).toEqual([
    [sidA],
    [sidA, sidB],
    [sidA],
    [sidB],
  ]);
  expect(named(lanesOf(crowd()))).toHaveLength(5 + 6);
});

describe('A cookie', () => {
  test('that is replaced by another session’s ends where that one begins.', () => {
    const lane = only(jar(0, cookie(sidA, 1000)), jar(400, cookie(sidB, 1400)));
    expect(lane.lives).toEqual([
      { sid: sidA, teeth: [{ at: 0, expiresAt: 1000 }], end: { at: 400, how: 'replaced' } },
      { sid: sidB, teeth: [{ at: 400, expiresAt: 1400 }], end: null },
    ]);
  });

  test('that is sent again lives longer, and is the same one.', () => {
    const lane = only(jar(0, cookie(sidA, 1000)), jar(400, cookie(sidA, 1400)), jar(500, cookie(sidA, 1400)));
    expect(lane.lives).toHaveLength(1);
    expect(lane.lives[0]!.teeth).toEqual([
      { at: 0, expiresAt: 1000 },
      { at: 400, expiresAt: 1400 },
    ]);
  });

  test('ends when its time is up, though nobody tells.', () => {
    const lane = only(jar(0, cookie(sidA, 1000)));
    expect(endOf(lane.lives[0]!)).toBe(1000);
    expect(leftInWords(lane, 1000)).toBe('expired');
  });

  test('whose time was up before it was cleared had expired, not been removed.', () => {
    expect(only(jar(0, cookie(sidA, 1000)), jar(2000)).lives[0]!.end).toEqual({ at: 1000, how: 'expired' });
    expect(only(jar(0, cookie(sidA, 1000)), jar(600)).lives[0]!.end).toEqual({ at: 600, how: 'removed' });
  });

  test('of a real browser goes on when time is jumped over its end, because it was not over there.', () => {
    const jumped = { ...jar(2000, cookie(sidA, 2900)), cause: { by: 'own-clock' } } as TraceEvent;
    const { lives } = only(jar(0, cookie(sidA, 1000)), jumped);
    expect(lives).toHaveLength(1);
    expect(lives[0]).toMatchObject({ teeth: [{ expiresAt: 1000 }, { at: 2000, expiresAt: 2900 }], end: null });
  });

  test('that the jar still lists after its time is not alive again.', () => {
    const lane = only(jar(0, cookie(sidA, 1000)), jar(2000), jar(3000, cookie(sidA, 1000)));
    expect(lane.lives).toHaveLength(1);
  });

  test('without an expiry has no end in sight.', () => {
    const lane = only(jar(0, cookie(sidA, null)));
    expect(endOf(lane.lives[0]!)).toBeNull();
    expect(leftInWords(lane, minutes(600))).toBe('no expiry');
  });

  test('that is not a session’s has no lane.', () => {
    expect(lifeLanes([jar(0, { ...cookie(sidA, null), value: 'dark', sid: null })], header)).toEqual([]);
  });
});

describe('A record', () => {
  test('has a tooth for each refresh.', () => {
    const lane = only(key(0, 'set', 1000), key(300, 'ttl', 1300), key(500, 'ttl', 1500));
    expect(lane.lives[0]!.teeth).toEqual([
      { at: 0, expiresAt: 1000 },
      { at: 300, expiresAt: 1300 },
      { at: 500, expiresAt: 1500 },
    ]);
  });

  test('that expires in a jump ended when its time was up, not when the jump was over.', () => {
    const trace = leftAlone();
    const record = lanesOf(trace).at(-1)!;
    const { teeth, end } = record.lives[0]!;
    expect(end).toEqual({ at: teeth[0]!.expiresAt, how: 'expired' });
    expect(end!.at).toBeLessThan(trace.events.find(({ type }) => type === 'time')!.at);
  });

  test('that is deleted ends there, and written again it is a new life in the same lane.', () => {
    const lane = only(key(0, 'set', 1000), key(300, 'deleted', null), key(400, 'set', 1400));
    expect(lane.lives.map(({ end }) => end)).toEqual([{ at: 300, how: 'deleted' }, null]);
    expect(standing(lane, 350)).toMatchObject({ how: 'deleted' });
    expect(standing(lane, 500)).toMatchObject({ left: 900 });
  });

  test('says how long it has left, of how long, and how often that was put off.', () => {
    const lane = only(key(0, 'set', minutes(30)), key(seconds(60), 'ttl', minutes(31)));
    expect(laneInWords(lane, -1)).toBe('Record: not there yet');
    expect(laneInWords(lane, seconds(30))).toBe('Record, session wME6p7: 29 min 30 s left of 30 min');
    expect(laneInWords(lane, seconds(70))).toBe('Record, session wME6p7: 29 min 50 s left of 30 min, refreshed once');
    expect(laneInWords(lane, minutes(40))).toBe('Record, session wME6p7: expired 31 min after the start');
  });
});

test('Other keys have a lane while all of them can be seen at once, and none when they cannot.', () => {
  const others = (count: number) =>
    Array.from({ length: count }, (_, index) => key(0, 'set', null, `${namespace}user-sessions:${index}`));
  const record = key(0, 'set', 1000);
  expect(named(lifeLanes([record, ...others(3)], header))).toEqual([
    'Record',
    'user-sessions:0',
    'user-sessions:1',
    'user-sessions:2',
  ]);
  expect(named(lifeLanes([record, ...others(4)], header))).toEqual(['Record']);
});

describe('The app’s absolute limit', () => {
  const record = (at: number, loginAt: unknown): TraceEvent => ({
    ...(key(at, 'set', at + minutes(30)) as KeyChanged),
    value: { type: 'string', data: JSON.stringify({ userId: 1, loginAt }) },
  });
  const { absolute } = header.limits;

  test('is counted from the login that the record tells of, and refreshes do not move it.', () => {
    const lane = only(record(1000, header.startedAt + 900), key(60_000, 'ttl', 60_000 + minutes(30)));
    expect(lane.lives[0]!.limitAt).toBe(900 + absolute);
    expect(laneInWords(lane, 60_000)).toMatch(/; absolute limit in 7 h 59 min$/);
    expect(laneInWords({ ...lane, lives: [{ ...lane.lives[0]!, limitAt: 50_000 }] }, 60_000)).toMatch(
      /; past the absolute limit for 10 s$/,
    );
  });

  test('is not known of a record without a login, nor of one that is no record.', () => {
    for (const loginAt of [undefined, null, 'yesterday']) {
      expect(only(record(1000, loginAt)).lives[0]!.limitAt).toBeUndefined();
    }
    const broken = { ...(key(0, 'set', 1000) as KeyChanged), value: { type: 'string', data: '{"loginAt":' } as const };
    expect(only(broken).lives[0]!.limitAt).toBeUndefined();
  });
});

test('A key deleted by hand is deleted, and the cookie of it lives on.', () => {
  const [aliceCookie, record] = lanesOf(trouble());
  expect(record!.lives[0]!.end).toMatchObject({ how: 'deleted' });
  expect(aliceCookie!.lives[0]!.end).toBeNull();
});
