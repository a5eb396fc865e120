import { beforeAll, describe, expect, test } from 'vitest';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import type { Trace, Variant } from '../../scenarios/engine/trace.ts';
import { scenarios } from '../../scenarios/index.ts';
import { people } from '../../server/lab/deployment/people.ts';
import { createSandbox } from '../../server/lab/sandbox.ts';
import { createRedisSwitch } from '../../server/redis/switch.ts';
import { stepEnded, stepStarted, traceOf } from '../../testing/trace.ts';
import { describeDifference, firstDifference } from './firstDifference.ts';

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
  const redis = createRedisSwitch({ url: undefined });
  let users: Awaited<ReturnType<typeof people>>;
  beforeAll(async () => {
    users = await people(4);
  });

  async function play(scenario: Scenario, variant: Variant): Promise<Trace> {
    const sandbox = await createSandbox({ scenario, variant, store: 'mock', pace: 'jump', users, redis });
    await sandbox.playTo(scenario.steps.length);
    await sandbox.end('played');
    return sandbox.trace;
  }
  const bySlug = (slug: string) => scenarios.find((scenario) => scenario.slug === slug)!;

  test.each([
    ['session-fixation', 2, /^Redis: SET sess:/, /^Redis: EVAL/],
    ['logout-replay', 3, /^Response: 204/, /^Redis: DEL sess:/],
    ['rolling-refresh', 2, /^Response 200, no Set-Cookie$/, /^Response 200, Set-Cookie: __Host-sid=/],
    ['absolute-timeout', 5, /^Redis: EXPIRE sess:/, /^Redis: DEL sess:/],
    ['host-prefix', 0, /^Response 200, Set-Cookie: sid=/, /^Response 200, Set-Cookie: __Host-sid=/],
    ['idle-timeout', 0, /^Redis: SET sess:.{6}… {…} EX 86400 /, /^Redis: SET sess:.{6}… {…} EX 1800 /],
    ['httponly-vs-xss', 0, /^Response 200, Set-Cookie: __Host-sid=… without HttpOnly$/, /__Host-sid=…; HttpOnly$/],
    ['logout-cookie-survives', 2, /without HttpOnly, Secure, SameSite is refused$/, /SameSite=Lax is removed$/],
    ['authenticated-page-caching', 2, /^Answer: public, max-age=300$/, /^Answer: no-store$/],
  ])(
    '%s first differs in step %i (from 0), and each side describes how',
    async (slug, step, onVulnerable, onProtected) => {
      const [one, other] = [await play(bySlug(slug), 'vulnerable'), await play(bySlug(slug), 'protected')];
      const difference = differenceOf(one, other)!;
      expect(difference.step).toBe(step);
      expect(describeDifference(difference.vulnerable!, difference.protected, one.header)).toMatch(onVulnerable);
      expect(describeDifference(difference.protected!, difference.vulnerable, other.header)).toMatch(onProtected);
    },
  );

  test.each(['session-fixation', 'host-prefix', 'httponly-vs-xss', 'password-change-ends-sessions', 'idle-timeout'])(
    'two runs of the same variant of %s do not differ, although all their ids do',
    async (slug) => {
      for (const variant of ['vulnerable', 'protected'] as const) {
        expect(differenceOf(await play(bySlug(slug), variant), await play(bySlug(slug), variant))).toBeNull();
      }
    },
  );
});
