import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { read } from '../../../../scenarios/engine/read.ts';
import { compiler } from '../../../../scripts/sideBySide.ts';
import { act, json, key, open, prepareSaving, request, save, which } from '../../../../testing/savedScenarios.ts';
import { cookieName } from '../../../app/session.ts';

prepareSaving();

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../..', import.meta.url));

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'saved-scenario-'));
  await cp(join(root, 'scenarios'), join(folder, 'scenarios'), { recursive: true });
  // The engine needs zod.
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await cp(join(root, 'tsconfig.json'), join(folder, 'tsconfig.json'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** In a template literal, this would end the process. */
const hole = ['$', '{process.exit(9)}'].join('');

/** Has the compiler check the saved files and the command line play them: together, because to start either costs more than a file. */
async function expectToHold(...saved: { text: string }[]): Promise<void> {
  const files = saved.map((_, index) => join(folder, 'scenarios', `saved-${index + 1}.ts`));
  const slugs = saved.map((_, index) => `session-fixation-by-hand-${index + 1}`);
  const texts = saved.map(({ text }, index) =>
    text.replace("slug: 'session-fixation-by-hand'", `slug: '${slugs[index]}'`),
  );
  await Promise.all(files.map((file, index) => writeFile(file, texts[index]!)));
  const config = join(folder, 'scenarios', 'tsconfig.saved.json');
  await writeFile(config, JSON.stringify({ extends: './tsconfig.json', include: files }));
  await run(process.execPath, [join(root, compiler), '-p', config], { cwd: root });
  const main = join(root, 'server/cli/main.ts');
  const { stdout } = await run(process.execPath, ['--import', 'tsx', main, ...files], { cwd: root });
  for (const slug of slugs) expect(stdout).toContain(slug);
}

/** Saves a scenario with every kind of manual action. */
async function saveEveryAction() {
  const sandbox = await open(3);
  await act(request('mallory'));
  await act(request('alice', { method: 'POST', url: '/basket', headers: json, body: '{"item":"scarf"}' }));
  await act(request('alice', { credentials: 'omit' }));
  await act({ do: 'copy-cookie', actor: 'mallory', from: 'alice', ...which });
  await act(request('mallory', { origin: null }));
  await act(
    request('mallory', {
      origin: 'https://evil.example',
      method: 'PUT',
      url: 'https://shop.example/me',
      headers: [['X-Own', '1']],
      body: 'x',
    }),
  );
  await act({
    do: 'set-key',
    key: key('sess:'),
    value: JSON.stringify({
      cookie: { path: '/' },
      userId: 2,
      role: 'customer',
      credentialVersion: 1,
      loginAt: Date.now(),
    }),
  });
  await act(request('alice'));
  await act({ do: 'redis', line: `TTL ${key('basket:')}` });
  await act({ do: 'redis', line: `SET "a \`b\`" '${hole}' EX 60` });
  await act({ do: 'redis', line: 'KEYS *' });
  await act({ do: 'expire-key', key: key('sess:'), ms: 5000 });
  await act({ do: 'session-options', change: { rolling: false, sameSite: null } });
  await act({ do: 'jump-time', ms: 6000 });
  const value = read(sandbox.trace).actors[1]!.cookies.find(({ cookie }) => cookie.name === cookieName)!.cookie.value;
  await act({ do: 'edit-cookie', actor: 'alice', ...which, value: `${value.slice(0, 5)}x${value.slice(6)}` });
  await act(request('alice'));
  await act({ do: 'delete-cookie', actor: 'alice', ...which });
  for (const fault of [{ do: 'slow-redis', ms: 20 }, { do: 'freeze-redis' }, { do: 'disconnect-redis' }] as const) {
    await act(fault);
    await act({ do: 'end-faults' });
  }
  await act({ do: 'evict-key', key: key('user:') });
  await act({ do: 'evict-key', key: null });
  await act({ do: 'restart-redis' });
  await act({ do: 'restart-app' });
  await sandbox.playTo(4);
  const saved = await save();
  expect(saved.name).toBe('session-fixation-by-hand.ts');
  expect(saved.text).toContain("act: ({ mallory }) => mallory!.get('/me'),");
  expect(saved.text).toMatch(/world\.setKey\('sess:' \+ sidOf\(/);
  expect(saved.text).toContain('world.restart({ session: { rolling: false, sameSite: null } })');
  expect(saved.text).toContain("alice!.get('/me', { credentials: 'omit' })");
  expect(saved.text).toContain('world.slowRedis(20),');
  expect(saved.text).toContain('world.endRedisFaults(),');
  expect(saved.text).toContain('...base.steps.slice(0, 3),');
  return saved;
}

/** Saves a scenario whose actions contain text that would end the process if it were run. */
async function saveHostileText() {
  await open(3);
  const hostile = `'\`${hole}\`\\"*/ \u2028 </script> {idle}\n`;
  await act(request('mallory'));
  await act(
    request('alice', {
      method: 'POST',
      url: `/x?${hostile.trim()}`,
      headers: [['X-A', `\`${hole}\` '\\`]],
      body: hostile,
    }),
  );
  await act(
    request('alice', {
      method: 'POST',
      url: '/basket',
      headers: json,
      body: `{"item":"hat","__proto__":{"a":"\`${hole}\\\\"},"a b":[null,1]}`,
    }),
  );
  await act({ do: 'redis', line: `SET "k'\`${hole}" "v\\n*/"` });
  await act({ do: 'edit-cookie', actor: 'alice', ...which, value: `'\`${hole}\`\\*/` });
  await act(request('alice'));
  return save();
}

test('a saved scenario holds when the command line plays it, with every kind of manual action, and never runs what was typed', async () => {
  await expectToHold(await saveEveryAction(), await saveHostileText());
}, 60_000);
