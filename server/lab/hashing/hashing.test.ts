import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startOwnThreads } from './ownThreads.ts';
import { hashingFor } from './pool.ts';

const { signal } = new AbortController();
const here = fileURLToPath(import.meta.url);

test('the pool hashes and compares as bcrypt does, and leaves files alone however many hashes wait', async () => {
  const { hash, compare } = hashingFor({ client: 'one', sandbox: '1' }, signal);
  const made = await hash('rabbit-hole-7', 4);
  expect(made).toMatch(/^\$2b\$04\$/);
  expect([await compare('rabbit-hole-7', made), await compare('rabbit-hole-8', made)]).toEqual([true, false]);
  let done = 0;
  const hashes = Array.from({ length: 24 }, () => hash('rabbit-hole-7', 9).then(() => (done += 1)));
  await readFile(here);
  expect(done).toBeLessThan(12);
  await Promise.all(hashes);
  await expect(compare('x', 'no hash')).resolves.toBe(false);
});

test('one client’s hundred hashes do not keep another one waiting, and end with their sandbox', async () => {
  const ending = new AbortController();
  const flood = hashingFor({ client: 'one', sandbox: '1' }, ending.signal);
  const hashes = Array.from({ length: 100 }, () => flood.hash('rabbit-hole-7', 9));
  let done = 0;
  for (const one of hashes) one.then(() => (done += 1)).catch(() => {});
  await hashingFor({ client: 'two', sandbox: '2' }, signal).hash('rabbit-hole-7', 9);
  expect(done).toBeLessThan(20);
  ending.abort(new Error('The sandbox ended.'));
  await expect(hashes.at(-1)).rejects.toThrow('The sandbox ended.');
});

test('in threads of its own, a file waits behind the hashes; they end with their sandbox', async () => {
  const threads = startOwnThreads(false);
  const made = await threads.bcrypt.hash('rabbit-hole-7', 4);
  expect(await threads.bcrypt.compare('rabbit-hole-7', made)).toBe(true);
  let done = 0;
  const hashes = Array.from({ length: 24 }, () => threads.bcrypt.hash('rabbit-hole-7', 9).then(() => (done += 1)));
  let sent = 0;
  const { assets } = threads.withFiles({ assets: () => () => (sent = done) } as never);
  await assets({} as never)({ path: '/app.css' } as never, {} as never, () => {});
  expect(sent).toBeGreaterThan(20);
  await Promise.all(hashes);
  const last = threads.bcrypt.hash('rabbit-hole-7', 15);
  await Promise.all([expect(last).rejects.toThrow('have ended'), threads.end()]);
});
