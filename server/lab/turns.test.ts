import { expect, onTestFinished, test, vi } from 'vitest';
import { createTurns } from './turns.ts';

const { signal: never } = new AbortController();
const of = (client: string, sandbox = client) => ({ client, sandbox });
const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Queues work under these names, and returns the names in the order in which it was done. */
async function orderOf(waiters: [client: string, sandbox: string][]): Promise<string[]> {
  const turns = createTurns(1);
  const hold = await turns.take(of('somebody'), never);
  const order: string[] = [];
  const done = waiters.map(([client, sandbox]) =>
    turns.run(of(client, sandbox), never, () => void order.push(`${client}${sandbox}`)),
  );
  hold();
  await Promise.all(done);
  return order;
}

test('clients take turns, however much one of them has to do', async () => {
  expect(await orderOf([...Array(4).fill(['m', '1']), ['a', '1'], ['b', '1'], ['a', '1']])).toEqual([
    'm1',
    'a1',
    'b1',
    'm1',
    'a1',
    'm1',
    'm1',
  ]);
});

test('who has had the turn for long comes after those who have not, however many there are of them', async () => {
  const turns = createTurns(1);
  const order: string[] = [];
  const work = (client: string, ms: number) =>
    turns.run(of(client), never, async () => {
      order.push(client);
      await new Promise((resolve) => setTimeout(resolve, ms));
    });
  // The work takes exactly as long as it says.
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const used = Promise.all([work('m', 120), work('n', 120)]);
  await vi.advanceTimersByTimeAsync(240);
  await used;
  order.length = 0;
  const hold = await turns.take(of('somebody'), never);
  const all = [work('m', 1), work('m', 1), work('n', 1), work('a', 1), work('a', 1), work('b', 1)];
  hold();
  await vi.advanceTimersByTimeAsync(6);
  await Promise.all(all);
  expect(order).toEqual(['a', 'b', 'a', 'm', 'n', 'm']);
});

test('so do the sandboxes of one client', async () => {
  expect(
    await orderOf([
      ['m', '1'],
      ['m', '1'],
      ['m', '1'],
      ['m', '2'],
      ['a', '1'],
      ['m', '3'],
    ]),
  ).toEqual(['m1', 'a1', 'm2', 'm3', 'm1', 'm1']);
});

test('only so many have the turn, and only so many of one client', async () => {
  const turns = createTurns(3, 2);
  const had: string[] = [];
  const take = (client: string) =>
    turns.take(of(client), never).then((pass) => {
      had.push(client);
      return pass;
    });
  const [first] = [take('m'), take('m'), take('m'), take('m')];
  await soon();
  expect(had).toEqual(['m', 'm']);
  void take('a');
  void take('b');
  await soon();
  expect(had).toEqual(['m', 'm', 'a']);
  (await first)();
  (await first)();
  await soon();
  expect(had).toEqual(['m', 'm', 'a', 'm']);
});

test('who is gone waits no longer, and nobody else waits for that', async () => {
  const turns = createTurns(1);
  const first = await turns.take(of('a'), never);
  const leaving = new AbortController();
  const gone = [turns.take(of('m'), leaving.signal), turns.take(of('m'), leaving.signal)];
  const next = turns.take(of('b'), never);
  leaving.abort(new Error('The client left.'));
  for (const one of gone) await expect(one).rejects.toThrow('The client left.');
  await expect(turns.take(of('m'), leaving.signal)).rejects.toThrow('The client left.');
  first();
  (await next)();
  (await turns.take(of('c'), never))();
});

test('an abort does not take away a turn that somebody has, and a failure passes it on', async () => {
  const turns = createTurns(1);
  const leaving = new AbortController();
  const pass = await turns.take(of('a'), leaving.signal);
  let had = false;
  const next = turns.run(of('b'), never, () => {
    had = true;
    throw new Error('It failed.');
  });
  leaving.abort();
  await soon();
  expect(had).toBe(false);
  pass();
  await expect(next).rejects.toThrow('It failed.');
  (await turns.take(of('c'), never))();
});
