import { beforeAll, describe, expect, test } from 'vitest';
import { people } from '../../server/lab/deployment/people.ts';
import { createSandbox } from '../../server/lab/sandbox.ts';
import { createRedisSwitch } from '../../server/redis/switch.ts';
import { scenarios } from '../index.ts';
import { currentMoment, eventsAbout, follow, momentLine } from './follow.ts';
import { sessionIds } from './identity.ts';
import type { Trace, Variant } from './trace.ts';

const redis = createRedisSwitch({ url: undefined });
let users: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  users = await people(4);
});

/** Returns the trace of a scenario, played on the mock. */
async function played(slug: string, variant: Variant): Promise<Trace> {
  const scenario = scenarios.find((it) => it.slug === slug)!;
  const sandbox = await createSandbox({ scenario, variant, store: 'mock', pace: 'jump', users, redis });
  await sandbox.playTo(scenario.steps.length);
  await sandbox.end('played');
  return sandbox.trace as Trace;
}

/** Returns the moments of the session ID with that index, as "kind | words | step". */
function told({ events, header }: Trace, index: number): string[] {
  const sid = sessionIds(events)[index]!;
  return follow(events, sid, header).map(({ kind, words, step }) => `${step! + 1} ${kind}: ${words}`);
}

describe('the moments of a session ID', () => {
  test('that a login keeps lead from one browser into another and go on', async () => {
    expect(told(await played('session-fixation', 'vulnerable'), 0)).toEqual([
      '1 made: made, and stored by SET',
      '1 stored: stored in Mallory’s browser, set by the response',
      '2 stored: stored in Alice’s browser, planted by Mallory',
      '3 sent: sent by Alice with POST /auth/login',
      '3 checked: checked by GET, which finds the record',
      '3 stored: stored again by SET',
      '3 renewed: record renewed by EXPIRE',
      '3 renewed: cookie set again in Alice’s browser',
      '4 sent: sent by Mallory with GET /me',
      '4 checked: checked by GET, which finds the record',
      '4 renewed: record renewed by EXPIRE',
      '4 renewed: cookie set again in Mallory’s browser',
      '5 sent: sent by Alice with GET /me',
      '5 checked: checked by GET, which finds the record',
      '5 renewed: record renewed by EXPIRE',
      '5 renewed: cookie set again in Alice’s browser',
    ]);
  });

  test('in the memory of two processes, only one of which has the record', async () => {
    const moments = told(await played('memory-store-two-instances', 'vulnerable'), 0);
    expect(moments.filter((line) => line.includes('memory') && !line.startsWith('2'))).toEqual([
      '1 made: made, and stored in the memory of process 1',
      '1 stored: stored in the memory of process 1',
      '4 checked: looked for in the memory of process 2, which has no record',
      '5 checked: looked for in the memory of process 1, which has the record',
      '6 ended: record lost with the memory of process 1',
    ]);
  });

  test('that a login replaces end there, and the attacker finds no record', async () => {
    const trace = await played('session-fixation', 'protected');
    expect(told(trace, 0)).toEqual([
      '1 made: made, and stored by SET',
      '1 stored: stored in Mallory’s browser, set by the response',
      '2 stored: stored in Alice’s browser, planted by Mallory',
      '3 sent: sent by Alice with POST /auth/login',
      '3 checked: checked by GET, which finds the record',
      '3 ended: record deleted by DEL',
      '3 ended: replaced in Alice’s browser by another ID',
      '4 sent: sent by Mallory with GET /me',
      '4 checked: checked by GET, which finds no record',
    ]);
    expect(told(trace, 1)).toEqual([
      '3 made: made, and stored by SET',
      '3 stored: stored again by SET',
      '3 stored: stored in Alice’s browser, set by the response',
      '5 sent: sent by Alice with GET /me',
      '5 checked: checked by GET, which finds the record',
      '5 renewed: record renewed by EXPIRE',
      '5 renewed: cookie set again in Alice’s browser',
    ]);
  });

  test('are told when the record expires, and when a cookie is set again', async () => {
    const lines = told(await played('idle-timeout', 'protected'), 0);
    expect(lines).toContain('3 renewed: cookie set again in Alice’s browser');
    expect(lines).toContain('4 ended: record expired');
  });

  test('are told where the browser keeps the cookie back, but not for other hosts', async () => {
    const kept = told(await played('samesite-csrf', 'protected'), 0).filter((line) => line.includes('kept'));
    expect(kept).toContain(
      '3 kept: not sent by Alice’s browser with POST /orders: it has SameSite=Lax, and the POST comes from evil.example',
    );
    expect(kept.filter((line) => line.includes('it is for exactly'))).toEqual([]);
  });
});

test('an ID that does not occur has no moments', async () => {
  const { events, header } = await played('session-fixation', 'vulnerable');
  expect(follow(events, 'unknown', header)).toEqual([]);
  expect(eventsAbout(events, 'unknown', [])).toEqual([]);
});

test('what is lit is the ID’s requests with their responses and commands, and nothing of another ID', async () => {
  const { events, header } = await played('session-fixation', 'protected');
  const [old, fresh] = sessionIds(events) as [string, string];
  const lit = (sid: string) => eventsAbout(events, sid, follow(events, sid, header)).map((seq) => events[seq]!);
  const responses = (sid: string) => lit(sid).flatMap((event) => (event.type === 'response' ? [event.status] : []));
  expect(responses(old)).toEqual([200, 200, 401]);
  expect(responses(fresh)).toEqual([200, 200]);
  expect(lit(old).filter((event) => event.type === 'command' && event.sid === fresh)).toEqual([]);
  for (const moment of follow(events, old, header)) expect(lit(old).map(({ seq }) => seq)).toContain(moment.seen);
});

describe('the current moment', () => {
  const moment = (seq: number, step: number | null) =>
    ({ kind: 'sent', words: 'sent by Alice with GET /me', seq, seen: seq - 1, step, request: null }) as const;
  const moments = [moment(2, 0), moment(5, 1), moment(7, 1), moment(9, null)];

  test.each([
    ['the chosen one while its step is shown', 5, { step: 1, position: 9 }, 1],
    ['the one that the chosen event shows', 4, { step: 1, position: 9 }, 1],
    ['the last one that is shown, if the page has moved on', 2, { step: 1, position: 9 }, 2],
    ['the last one that is shown, if none was chosen', null, { step: 0, position: 4 }, 0],
    ['none before the first', null, { step: null, position: 0 }, -1],
    ['one between two steps', 9, { step: 1, position: 11 }, 3],
  ])('is %s', (_, chosen, shown, index) => {
    expect(currentMoment(moments, chosen, shown)).toBe(index);
  });

  test('is told with its number and its step', () => {
    expect(momentLine(moments, 1)).toBe('moment 2 of 4: sent by Alice with GET /me, step 2');
    expect(momentLine(moments, 3)).toBe('moment 4 of 4: sent by Alice with GET /me, between two steps');
    expect(momentLine(moments, -1)).toBe('its 4 moments are still to come');
  });
});
