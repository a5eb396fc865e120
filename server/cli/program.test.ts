import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { testCaller } from '../../testing/commandLine.ts';
import { program } from './program.ts';
import { scenarioTemplate } from './scenarioTemplate.ts';

const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-program-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...words: string[]) {
  const { caller, written } = testCaller({ folder });
  const code = await program(words, caller);
  return { code, ...(await written()) };
}

describe('session-sandbox', () => {
  test('--help names every command', async () => {
    const { code, stdout } = await run('--help');
    expect(code).toBe(0);
    for (const name of ['run', 'list', 'check', 'new', 'workshop', 'serve'])
      expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  });

  test.each([[['run', '--help']], [['help', 'run']]])(
    '%j prints the help of the command, at most 80 wide',
    async (words) => {
      const { code, stdout, stderr } = await run(...words);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^Usage: session-sandbox run /);
      expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
    },
  );

  test('--version prints the version of package.json', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await run('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('list names the scenarios, and run plays one', async () => {
    expect((await run('list', 'session-fixation')).stdout).toMatch(/^session-fixation {2}Session fixation: .+\n$/);
    const played = await run('run', 'session-fixation', '--variant', 'protected', '--reporter', 'json');
    expect(played).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(played.stdout)).toMatchObject({ holds: true });
  });

  test('list reads what the configuration selects, and no reporter of it', async () => {
    const own = mkdtempSync(join(folder, 'configured-'));
    const settings = { scenarios: ['login'], grep: 'fixation', reporter: ['junit=out.xml'] };
    writeFileSync(join(own, 'session-sandbox.config.json'), JSON.stringify(settings));
    const { caller, written } = testCaller({ folder: own });
    const code = await program(['list'], caller);
    const { stdout, stderr } = await written();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('session-fixation');
    expect(stdout).not.toContain('idle-timeout');
  });

  test.each([
    [['lst'], 'There is no command "lst". Did you mean list? The commands are run, list, check, new, workshop, serve.'],
    [['idle-timeout'], 'There is no command "idle-timeout". To play a scenario: session-sandbox run idle-timeout.'],
    [['--prot', '3001'], 'There is no option --prot. Did you mean --port?'],
    [['list', '--lsit'], 'There is no option --lsit.'],
    [['serve', 'here'], 'There is no file'],
    [['serve', '--workers', '2', 'mine.ts'], '--workers has the scenarios of Session Sandbox only.'],
    [['serve', '--port', 'http'], '--port must be a number from 0 to 65535, not "http".'],
    [['check'], 'check needs a <target>. Its usage is: session-sandbox check'],
    [['new'], 'new needs a <file>. Its usage is: session-sandbox new'],
  ])('%j is refused with what is valid', async (words, sentence) => {
    const ended = await run(...words);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(sentence);
  });
});

test('serve listens until it is told to end, and --port wins over PORT', async () => {
  const ending = new AbortController();
  const { caller, written } = testCaller({ folder, environment: { PORT: 'http' }, signal: ending.signal });
  const greeted = new Promise((resolve) => caller.stdout.once('data', resolve));
  const ended = program(['serve', '--port', '0'], caller);
  const [address = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(await greeted)) ?? [];
  expect((await fetch(`${address}/api/catalogue`)).status).toBe(200);
  ending.abort();
  expect(await ended).toBe(0);
  expect((await written()).stderr).toBe('');
  await expect(fetch(address)).rejects.toThrow();
});

test('workshop opens a room with an agenda until it is told to end', async () => {
  const ending = new AbortController();
  const { caller, written } = testCaller({ folder, environment: {}, signal: ending.signal });
  const told = new Promise((resolve) => caller.stdout.once('data', resolve));
  const ended = program(['workshop', '--port', '0', '--address', '127.0.0.1', '--agenda', '45-minutes'], caller);
  const text = String(await told);
  const [, room = '', code = ''] = /(http:\/\/127\.0\.0\.1:\d+)\/room\s+with the code (\w+)/.exec(text) ?? [];
  const [, key = ''] = /http:\/\/localhost:\d+\/room\/drive#(\S+)/.exec(text) ?? [];
  const enter = async (by: object) => {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`${room}/api/workshop/enter`, { method: 'POST', headers, body: JSON.stringify(by) });
    return (await answer.json()).role;
  };
  expect([await enter({ code }), await enter({ key })]).toEqual(['participant', 'driver']);
  expect(text).toContain('Agenda: Session security in 45 minutes.');
  ending.abort();
  expect(await ended).toBe(0);
  expect((await written()).stderr).toBe('');
  await expect(fetch(room)).rejects.toThrow();
});

test('workshop has scenario files beside the others, and an agenda may name them', async () => {
  const own = mkdtempSync(join(folder, 'own-'));
  writeFileSync(join(own, 'my-lesson.ts'), scenarioTemplate('my-lesson'));
  writeFileSync(join(own, 'day.md'), '# My day\n\n## my-lesson (5 min)\n\n## first-login (5 min)\n');
  const ending = new AbortController();
  const { caller, written } = testCaller({ folder: own, environment: {}, signal: ending.signal });
  const told = new Promise((resolve) => caller.stdout.once('data', resolve));
  const at = ['--port', '0', '--address', '127.0.0.1'];
  const ended = program(['workshop', './my-lesson.ts', ...at, '--agenda', 'day.md'], caller);
  const text = String(await Promise.race([told, ended]));
  expect(text).toContain('Agenda: My day.');
  const [room = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
  const { scenarios } = await (await fetch(`${room}/api/catalogue`)).json();
  expect(scenarios.at(-1).slug).toBe('my-lesson');
  ending.abort();
  expect(await ended).toBe(0);
  expect((await written()).stderr).toBe('');
});

test.each([
  [['day.ts'], 2, 'There is no file'],
  [['--workers', '2', 'mine.ts'], 2, '--workers has the scenarios of Session Sandbox only.'],
  [['--address', '203.0.113.7', '--port', '0'], 2, '203.0.113.7 is not an address of this machine.'],
  [['--agenda', '45-minute'], 2, 'There is no such file. Did you mean 45-minutes?'],
  [['--workers', '17'], 2, '--workers must be a number from 0 to 16, not "17".'],
  [['--workers', '1e0'], 2, '--workers must be a number from 0 to 16, not "1e0".'],
  [['--host-name', 'http://workshop.local'], 2, '--host-name cannot be "http://workshop.local".'],
  [
    ['--address', '127.0.0.1', '--host-name', 'workshop.local'],
    2,
    '--host-name is for an address of the network, and --address 127.0.0.1 is this machine alone.',
  ],
  [['--port', 'http'], 2, '--port must be a number from 0 to 65535, not "http".'],
])('workshop %j: %i', async (words, code, sentence) => {
  expect(await run('workshop', ...words)).toMatchObject({
    code,
    stdout: '',
    stderr: expect.stringContaining(sentence),
  });
});

test.each([
  ['a terminal', ['--port', '0'], 1],
  ['a terminal with --no-open', ['--port', '0', '--no-open'], 0],
])('%s opens the page %#', async (_, words, times) => {
  const ending = new AbortController();
  const openBrowser = vi.fn(async () => ending.abort());
  const { caller } = testCaller({ folder, environment: { DISPLAY: ':0' }, signal: ending.signal, openBrowser });
  Object.assign(caller.stdout, { isTTY: true });
  caller.stdout.once('data', () => times === 0 && setImmediate(() => ending.abort()));
  expect(await program(words, caller)).toBe(0);
  expect(openBrowser.mock.calls).toEqual(
    Array.from({ length: times }, () => [expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/)]),
  );
});

describe('new', () => {
  test('writes a scenario that holds, and says how to play it', async () => {
    const written = await run('new', 'my-lesson.ts');
    expect(written).toMatchObject({ code: 0, stderr: '' });
    expect(written.stdout).toContain('npx session-sandbox run ./my-lesson.ts');
    const file = join(folder, 'my-lesson.ts');
    // What the package exports, where it is not installed.
    const entry = new URL('../exports.ts', import.meta.url).href;
    const source = readFileSync(file, 'utf8');
    expect(source).toContain("from 'session-sandbox'");
    writeFileSync(join(folder, 'linked.ts'), source.replace("'session-sandbox'", `'${entry}'`));
    const played = await run('run', './linked.ts', '--reporter', 'json');
    expect(played).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(played.stdout).scenarios[0].slug).toBe('my-lesson');
  });

  test('leaves a file that exists as it is', async () => {
    const file = join(folder, 'mine.ts');
    writeFileSync(file, 'mine');
    expect(await run('new', 'mine.ts')).toMatchObject({ code: 2, stderr: expect.stringContaining('exists already') });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test.each(['Mine.ts', 'mine.js', 'my lesson.ts', 'mine'])(
    '"%s" cannot be the name of a scenario file',
    async (name) => {
      expect(await run('new', join('other', name))).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('my-lesson.ts'),
      });
    },
  );
});
