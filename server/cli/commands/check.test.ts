import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testCaller } from '../../../testing/commandLine.ts';
import { startTinyShop } from '../../../testing/tinyShop.ts';
import { program } from '../program.ts';

const folder = mkdtempSync(join(tmpdir(), 'session-sandbox-check-'));
let shop: Awaited<ReturnType<typeof startTinyShop>>;
let weak: typeof shop;
beforeAll(async () => {
  shop = await startTinyShop();
  weak = await startTinyShop({ attributes: 'Path=/; SameSite=Lax' });
  writeFileSync(join(folder, 'shop.target.ts'), recipe(shop.origin));
  writeFileSync(join(folder, 'weak.target.ts'), recipe(weak.origin));
  writeFileSync(join(folder, 'wrong.target.ts'), recipe(shop.origin).replace("'/me'", "'/you'"));
  writeFileSync(join(folder, 'empty.target.ts'), 'export {};');
  writeFileSync(join(folder, 'throws.target.ts'), 'throw new Error("no settings");');
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all([shop.close(), weak.close()]);
});

const recipe = (origin: string) => `
import { target } from 'session-sandbox';
export default target({
  origin: '${origin}',
  people: {
    alice: { name: 'alice', password: 'rabbit-hole-7' },
    mallory: { name: 'mallory', password: 'look-at-me-9' },
  },
  login: (browser, { name, password }) => browser.submit('/login', { name, password }),
  who: async (browser) => (await browser.get('/me')).json?.name ?? null,
  logout: (browser) => browser.submit('/logout'),
});
`;

async function run(...words: string[]) {
  const { caller, written } = testCaller({ folder });
  const code = await program(['check', ...words], caller);
  return { code, ...(await written()) };
}

test('0: nothing fails', async () => {
  const { code, stdout, stderr } = await run('shop.target.ts', '--rate', 'unlimited', '--trace', 'traces');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /At most 400 requests, as fast as it answers\. For your own systems only, and\s+never for\s+production/,
  );
  expect(stdout).toContain('✓ holds           Logout ends the session (logout-replay)');
  expect(stdout).toMatch(/\d+ hold, .*\(\d+ requests, [\d.]+ s\)/);
  expect(readdirSync(join(folder, 'traces'))).toContain('check-logout-replay.trace.json');
});

test('1: something fails, with what was sent and answered, the requirement, the lesson and the trace', async () => {
  const { code, stdout } = await run('weak.target.ts', '--rate', 'unlimited', '--trace', 'traces');
  expect(code).toBe(1);
  const [, told = ''] = stdout.split('✗ fails           HttpOnly (cookie-http-only)');
  for (const part of [
    'sid has no HttpOnly',
    'POST /login (Alice)',
    'set-cookie: sid=',
    'ASVS V3.3.4, WSTG-SESS-02',
    'httponly-vs-xss',
    'check-cookie-attributes.trace.json',
  ]) {
    expect(told.toLowerCase()).toContain(part.toLowerCase());
  }
});

test('json is one document', async () => {
  const { code, stdout } = await run('weak.target.ts', '--rate', 'unlimited', '--reporter', 'json');
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({
    version: 1,
    exitCode: code,
    holds: false,
    origin: weak.origin,
    sessionCookies: ['sid'],
  });
  expect(report.findings.find(({ id }: { id: string }) => id === 'cookie-http-only')).toMatchObject({
    verdict: 'fails',
    lesson: 'httponly-vs-xss',
    evidence: [{ who: 'Alice' }],
  });
  expect(stdout).not.toMatch(/rabbit-hole-7|look-at-me-9/);
});

test.each<[words: string[], code: number, sentence: RegExp]>([
  [['missing.target.ts'], 2, /There is no file missing\.target\.ts/],
  [['shop.target.ts', '--rate', '0'], 2, /--rate cannot be "0"/],
  [['shop.target.ts', '--budget', 'much'], 2, /--budget cannot be "much"/],
  [['shop.target.ts', '--reporter', 'tap'], 2, /--reporter cannot be "tap"/],
  [['shop.target.ts', '--trace', 'shop.target.ts'], 2, /--trace: the folder .* cannot be written/],
  [['empty.target.ts'], 3, /no default export/],
  [['throws.target.ts'], 3, /The recipe: no settings/],
  [['wrong.target.ts', '--rate', 'unlimited'], 3, /The recipe: After the login of alice, who answers null/],
])('%j: %i', async (words, code, sentence) => {
  const ended = await run(...words);
  expect(ended.code).toBe(code);
  expect(ended.stderr).toMatch(sentence);
});

test('2: a public address is not asked, and the lines to copy stay whole', async () => {
  writeFileSync(join(folder, 'public.target.ts'), recipe('http://203.0.113.9'));
  const { code, stderr } = await run('public.target.ts');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^ {2}serve the text {2}[0-9a-f]{64}$/m);
  expect(stderr).toMatch(/^ {2}and run again with {2}--i-own [0-9a-f]{32}$/m);
});

test('3 in json says why', async () => {
  const { code, stdout, stderr } = await run('wrong.target.ts', '--rate', 'unlimited', '--reporter', 'json');
  expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    exitCode: 3,
    holds: false,
    stopped: expect.stringContaining('who answers null'),
  });
});

test('the recipe of docs/check.md is one', async () => {
  const text = readFileSync(new URL('../../../docs/check.md', import.meta.url), 'utf8');
  const [, source = ''] = /^```ts\n(.*?)^```/ms.exec(text) ?? [];
  writeFileSync(join(folder, 'documented.target.ts'), source.replace('8080', '9'));
  Object.assign(process.env, { SHOP_ALICE_PASSWORD: 'one', SHOP_MALLORY_PASSWORD: 'two' });
  const { code, stderr } = await run('documented.target.ts');
  expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('nothing listens there') });
});
