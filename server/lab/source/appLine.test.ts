import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import fixation from '../../../scenarios/session-fixation.ts';
import { endSandboxes, lessonOf, logIn, openAccount, openSandbox } from '../../../testing/lesson.ts';
import { expectTheLinesOf, login, named, saves } from '../../../testing/linesOfLogin.ts';
import { bothKinds, openTestRedis, type TestRedis } from '../../../testing/redisStores.ts';
import { appLine, withAppLine } from './appLine.ts';

// Where tsx compiles the app, as in production: appLine.full.test.ts.
describe.each(bothKinds)('on the %s Redis, the login of session-fixation is attributed to its lines', (kind) => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await openTestRedis(kind);
  });
  afterEach(endSandboxes);
  afterAll(() => redis.close());

  test.each(['vulnerable', 'protected'] as const)('%s', async (variant) => {
    const sandbox = await openSandbox(redis.redisSwitch, { scenario: fixation, variant, store: kind });
    await sandbox.playTo(fixation.steps.length);
    expectTheLinesOf(variant, sandbox.trace);
  });

  test('a guard that refuses a request is the line that answered; slow and failed commands have their line', async () => {
    const scenario = lessonOf(
      openAccount,
      async (cast) => {
        cast.world.slowRedis(20, 'set');
        await logIn(cast);
      },
      async (cast) => {
        cast.world.breakRedis('expire');
        await openAccount(cast);
      },
    );
    const sandbox = await openSandbox(redis.redisSwitch, { scenario, store: kind });
    await sandbox.playTo(3);
    const { events } = sandbox.trace;
    const refused = events.find((event) => event.type === 'response');
    expect(named(refused?.type === 'response' ? refused.code : undefined)).toBe(
      "server/app/middleware/requireAuth.ts: res.status(401).json({ error: 'Log in first.' });",
    );
    expect(login(sandbox.trace).commands).toContain(`set sess ${saves.protected}`);
    const failed = events.find((event) => event.type === 'command' && event.error !== null && event.name === 'expire');
    expect(named(failed?.type === 'command' ? failed.code : undefined)).toMatch(
      /^server\/app\/account\/account\.ts: res\.json/,
    );
  });

  test('the commands of a request that no actor sent have no line', async () => {
    const sandbox = await openSandbox(redis.redisSwitch, { scenario: lessonOf(logIn), store: kind });
    await fetch(`http://127.0.0.1:${sandbox.ports.app}/basket`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-proto': 'https' },
      body: '{"item":"a hat"}',
    });
    const commands = sandbox.trace.events.filter((event) => event.type === 'command');
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.every((command) => !('code' in command))).toBe(true);
  });
});

test('outside of the app there is no line, unless withAppLine provides one', () => {
  const place = { file: 'server/app/app.ts', line: 1 };
  expect(appLine()).toBeUndefined();
  expect(withAppLine(place, appLine)).toBe(place);
  expect(() =>
    withAppLine(place, () => {
      throw new Error('left');
    }),
  ).toThrow('left');
  expect(appLine()).toBeUndefined();
});

test('the settings for stack traces are restored', () => {
  const before = [Error.stackTraceLimit, Error.prepareStackTrace];
  appLine();
  expect([Error.stackTraceLimit, Error.prepareStackTrace]).toEqual(before);
});
