import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CodePlace, Trace, Variant } from '../../../scenarios/engine/trace.ts';
import fixation from '../../../scenarios/session-fixation.ts';
import { endSandboxes, lessonOf, logIn, openAccount, openSandbox } from '../../../testing/lesson.ts';
import { bothKinds, openTestRedis, type TestRedis } from '../../../testing/redisStores.ts';
import { appLine, withAppLine } from './appLine.ts';

const root = new URL('../../../', import.meta.url);
/** The text of the line. */
const lineAt = ({ file, line }: CodePlace) => readFileSync(new URL(file, root), 'utf8').split('\n')[line - 1]!.trim();
const named = (place: CodePlace | undefined) => place && `${place.file}: ${lineAt(place)}`;

/** The commands of the first login, each with the line that issued it, and the line that sent the response. */
function login({ events }: Pick<Trace, 'events'>) {
  const { id } = events.find((event) => event.type === 'request' && event.url.endsWith('/auth/login')) as {
    id: number;
  };
  const commands = events.flatMap((event) => (event.type === 'command' && event.request === id ? [event] : []));
  const response = events.find((event) => event.type === 'response' && event.request === id);
  return {
    commands: commands.map(({ name, args, code }) => `${name} ${args[0]?.split(':')[2]} ${named(code)}`),
    answered: named(response?.type === 'response' ? response.code : undefined),
  };
}

const saves: Record<Variant, string> = {
  vulnerable: 'server/weaknesses/login-keeps-session-id.ts: await save(req);',
  protected: 'server/app/auth/login.ts: await save(req);',
};
const answers =
  'server/app/auth/login.ts: res.json({ id: user.id, email: user.email, csrfToken: parts.csrfTokenFor(context, req) });';
const reads = 'server/app/app.ts: app.use(session({ ...parts.sessionOptions(services), store }));';

function expectTheLinesOf(variant: Variant, trace: Pick<Trace, 'events'>): void {
  const { commands, answered } = login(trace);
  expect(answered).toBe(answers);
  expect(commands).toContain(`set sess ${saves[variant]}`);
  // When the response ends, express-session stores the changed session or renews its time to live.
  expect(commands.at(-1)).toMatch(/^(set|expire) sess /);
  expect(commands.at(-1)).toContain(answers);
  expect(commands[0]).toBe(`get sess ${reads}`);
  for (const command of commands) expect(command).toMatch(/server\/(app|weaknesses)\//);
}

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

test('the lines are the same when tsx compiles the app, as in production', async () => {
  const script = `
    import fixation from './scenarios/session-fixation.ts';
    import { people } from './server/lab/deployment/people.ts';
    import { createSandbox } from './server/lab/sandbox.ts';
    import { createRedisSwitch } from './server/redis/switch.ts';
    const redis = createRedisSwitch({});
    const traces = {};
    for (const variant of ['vulnerable', 'protected']) {
      const settings = { scenario: fixation, variant, store: 'mock', pace: 'jump', users: await people(4), redis };
      const sandbox = await createSandbox(settings);
      await sandbox.playTo(fixation.steps.length);
      traces[variant] = sandbox.trace;
      await sandbox.end('It was played to its end.');
    }
    await redis.close();
    console.log(JSON.stringify(traces));
  `;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { cwd: fileURLToPath(root), maxBuffer: 2 ** 24 },
  );
  const traces = JSON.parse(stdout) as Record<Variant, Trace>;
  expectTheLinesOf('vulnerable', traces.vulnerable);
  expectTheLinesOf('protected', traces.protected);
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
