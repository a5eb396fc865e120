import { describe, expect, test } from 'vitest';
import type { Trace } from '../../scenarios/engine/trace.ts';
import { playedScenario, playScenario, upToStep } from '../../testing/playedScenario.ts';
import { stepEnded, stepStarted, traceOf } from '../../testing/trace.ts';
import { firstDifference, howItDiffers, inDiagram } from './firstDifference.ts';

const mail = (subject: string) => ({ type: 'mail', request: null, to: 'alice@shop.example', subject }) as const;
const differenceOf = (one: Trace, other: Trace) => firstDifference(one.events, other.events);

describe('the first difference', () => {
  test('is null for two traces in which the same happened', () => {
    const played = () => traceOf(stepStarted(0), mail('Hello'), stepEnded(0));
    expect(differenceOf(played(), played())).toBeNull();
  });

  test('is the first event that differs', () => {
    const one = traceOf(
      stepStarted(0),
      mail('Hello'),
      stepEnded(0),
      stepStarted(1),
      mail('A'),
      mail('B'),
      stepEnded(1),
    );
    const other = traceOf(
      stepStarted(0),
      mail('Hello'),
      stepEnded(0),
      stepStarted(1),
      mail('A'),
      mail('C'),
      stepEnded(1),
    );
    expect(differenceOf(one, other)).toEqual({ step: 1, vulnerable: one.events[5], protected: other.events[5] });
  });

  test('can be an event without a counterpart', () => {
    const one = traceOf(stepStarted(0), mail('A'), stepEnded(0), stepStarted(1), stepEnded(1));
    const other = traceOf(stepStarted(0), stepEnded(0), stepStarted(1), stepEnded(1));
    expect(differenceOf(one, other)).toEqual({ step: 0, vulnerable: one.events[1], protected: other.events[1] });
  });

  test('is null while one of them is still playing the step', () => {
    const one = traceOf(stepStarted(0), mail('A'), stepEnded(0));
    expect(differenceOf(one, traceOf(stepStarted(0)))).toBeNull();
    expect(differenceOf(traceOf(stepStarted(0)), one)).toBeNull();
  });
});

describe('between real runs', () => {
  test.each([
    ['session-fixation', 2, 'key', 'key'],
    ['logout-replay', 3, 'response', 'key'],
    ['rolling-refresh', 2, 'response', 'response'],
    ['absolute-timeout', 5, 'response', 'response'],
    ['host-prefix', 0, 'response', 'response'],
    ['idle-timeout', 0, 'key', 'key'],
    ['httponly-vs-xss', 0, 'response', 'response'],
    ['logout-cookie-survives', 2, 'response', 'response'],
    ['authenticated-page-caching', 2, 'ask', 'ask'],
  ] as const)(
    '%s first differs in step %i (from 0), by a %s and a %s',
    async (slug, step, onVulnerable, onProtected) => {
      const [one, other] = [await playedScenario(slug, 'vulnerable'), await playedScenario(slug, 'protected')];
      const difference = differenceOf(one, other)!;
      expect(difference).toMatchObject({ step, vulnerable: { type: onVulnerable }, protected: { type: onProtected } });
    },
  );

  test('which of its successes an app answers is no difference where a record ends on one side only', async () => {
    const ofStep = async (variant: 'vulnerable' | 'protected') =>
      (await playedScenario('privilege-change-rotation', variant)).events.filter(({ step }) => step === 1);
    const [one, other] = [await ofStep('vulnerable'), await ofStep('protected')];
    const statuses = [one, other].map((events) => events.findLast((event) => event.type === 'response')!.status);
    expect(statuses).toEqual([204, 200]);
    expect(inDiagram(firstDifference(one, other)!.protected, other)).toMatchObject({ type: 'command', name: 'del' });
  });

  test.each([
    // Before it, the vulnerable app renews the record, and the protected one finds none.
    ['session-fixation', 3, '/me', 200, 401],
    // Before it, the basket is answered with another SameSite.
    ['samesite-csrf', 2, '/orders', 201, 403],
  ] as const)('where answers part, %s shows those of step %i (from 0)', async (slug, step, path, ...statuses) => {
    const [one, other] = [await playedScenario(slug, 'vulnerable'), await playedScenario(slug, 'protected')];
    const ofStep = ({ events }: Trace) => events.filter((event) => event.step === step);
    const difference = firstDifference(ofStep(one), ofStep(other));
    expect([difference?.vulnerable, difference?.protected]).toMatchObject(
      statuses.map((status) => ({ type: 'response', status })),
    );
    const answer = difference!.vulnerable as { request: number };
    const sent = one.events.find((event) => event.type === 'request' && event.id === answer.request);
    expect(new URL((sent as { url: string }).url).pathname).toBe(path);
  });

  test('an answer that sets the session cookie on one side only is the difference, whatever it did to the record before', async () => {
    const runs = await Promise.all(
      (['vulnerable', 'protected'] as const).map(async (variant) =>
        upToStep(await playedScenario('cdn-caches-set-cookie', variant), 2),
      ),
    );
    const { vulnerable, protected: fixed } = differenceOf(runs[0]!, runs[1]!)!;
    expect(vulnerable).toMatchObject({ type: 'response', status: 200 });
    expect(howItDiffers(fixed!, vulnerable!)).toBe('no Set-Cookie');
  });

  test('a changed record stands at its command in the diagram', async () => {
    const { events } = await playedScenario('session-fixation', 'protected');
    const key = events.find((event) => event.type === 'key' && event.sid !== null)!;
    expect(inDiagram(key, events)).toMatchObject({ type: 'command', name: 'set' });
    expect(inDiagram(events[0]!, events)).toBe(events[0]);
  });

  test.each(['session-fixation', 'host-prefix', 'httponly-vs-xss', 'password-change-ends-sessions', 'idle-timeout'])(
    'two runs of the same variant of %s do not differ, although all their ids do',
    async (slug) => {
      for (const variant of ['vulnerable', 'protected'] as const) {
        expect(differenceOf(await playedScenario(slug, variant), await playScenario(slug, variant))).toBeNull();
      }
    },
  );
});

describe('how two events differ', () => {
  const set = (...options: string[]) =>
    traceOf({
      type: 'command',
      id: 1,
      request: 1,
      name: 'set',
      args: ['sess:a', '{"userId":1}', ...options],
      reply: 'OK',
      error: null,
      ms: 1,
    }).events[0]!;
  const answer = (...headers: string[]) =>
    traceOf({
      type: 'response',
      request: 1,
      status: 200,
      statusText: 'OK',
      headers: [],
      body: '',
      ms: 1,
      by: 'app',
      cookies: headers.map((header) => ({ header, name: header.split('=')[0]!, outcome: 'stored' as const, why: '' })),
    }).events[0]!;

  test.each([
    ['the options of a command', set('EX', '86400'), set('EX', '1800'), 'EX 86400'],
    ['nothing, where a command stores something else', set('EX', '1800'), set('EX', '1800'), null],
    ['an attribute', answer('sid=a; Path=/; HttpOnly'), answer('sid=a; Path=/'), 'HttpOnly'],
    ['the lack of one', answer('sid=a; Path=/'), answer('sid=a; Path=/; HttpOnly'), 'no HttpOnly'],
    [
      'the lack of one that another cookie has',
      answer('sid=a', 'device=b; Secure'),
      answer('sid=a; Secure', 'device=b; Secure'),
      'no Secure',
    ],
    ['the lack of any cookie', answer(), answer('sid=a; Path=/; HttpOnly'), 'no Set-Cookie'],
    ['nothing, where only the other one sets no cookie', answer('sid=a; Path=/; HttpOnly'), answer(), null],
    ['another value', answer('sid=a; SameSite=Lax'), answer('sid=a; SameSite=None'), 'SameSite=Lax'],
    ['nothing, of another kind of event', set('EX', '1800'), answer('sid=a'), null],
  ])('is %s', (_, event, other, differs) => {
    expect(howItDiffers(event, other)).toBe(differs);
  });
});
