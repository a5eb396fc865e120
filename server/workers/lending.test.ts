import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../../testing/eventually.ts';
import { createShares, type Shares, usualRoom } from '../lab/shares.ts';
import { createSharedTurns } from '../lab/turns.ts';
import { createBorrower } from './borrowing.ts';
import { createLender, type Lender } from './lending.ts';
import type { FromWorker, ToWorker } from './messages.ts';

const kilobyte = 1024;
const few = { all: 3, each: 2, reserve: 0, timesLeft: 3 };
const bytes = { all: 100 * kilobyte, each: 40 * kilobyte, reserve: 0, timesLeft: 1 };

let shares: Shares;
beforeEach(() => {
  shares = createShares({ ...usualRoom, sandboxes: few, bytes });
});

type Worker = ReturnType<typeof createBorrower> & { lender: Lender };

const workers: Worker[] = [];
afterEach(() => {
  for (const worker of workers.splice(0)) worker.close();
});

/** A worker, and a channel that passes messages on as text and a moment later, as that between two processes. */
function startWorker(): Worker {
  const later = <Message>(hear: (message: Message) => void) => {
    return (message: Message) => void setImmediate(() => hear(JSON.parse(JSON.stringify(message))));
  };
  const borrower = createBorrower(later<FromWorker>((message) => lender.hear(message)));
  const lender: Lender = createLender(shares, later<ToWorker>(borrower.hear));
  const worker = { ...borrower, lender };
  workers.push(worker);
  return worker;
}

const never = new AbortController().signal;
const refusal = expect.objectContaining({ code: 'too-many', status: 429, retryAfter: 10 });

describe('what a client may hold', () => {
  test('is counted over all workers and the first process', async () => {
    const [one, other] = [startWorker(), startWorker()];
    const releaseOne = await one.shares.of('ada').hold('sandboxes');
    const releaseOther = shares.of('ada').hold('sandboxes');
    await expect(other.shares.of('ada').hold('sandboxes')).rejects.toEqual(refusal);
    await other.shares.of('bob').hold('sandboxes');
    await expect(one.shares.of('cleo').hold('sandboxes')).rejects.toEqual(refusal);
    releaseOne();
    releaseOther();
    releaseOther();
    await eventually(() => expect(shares.taken('sandboxes')).toBe(1));
    await other.shares.of('ada').hold('sandboxes');
  });

  test('asked for at the same moment by all workers, is not given N times', async () => {
    const asking = [startWorker(), startWorker(), startWorker(), startWorker()].map((worker) =>
      worker.shares.of('ada').hold('sandboxes'),
    );
    const outcomes = await Promise.allSettled(asking);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(few.each);
  });

  test('of memory ends everywhere soon after it is used up, and there is some again when another worker gives back', async () => {
    const [one, other] = [startWorker(), startWorker()];
    const [here, there] = [one.shares.of('ada'), other.shares.of('ada')];
    expect(here.take('bytes', 30 * kilobyte)).toBe(true);
    await eventually(() => expect(shares.taken('bytes')).toBe(30 * kilobyte));
    // It is recorded before the first process has said that there was no room for it, and counts all the same.
    expect(there.take('bytes', 20 * kilobyte)).toBe(true);
    await eventually(() => expect(there.take('bytes', 1)).toBe(false));
    expect(shares.taken('bytes')).toBeGreaterThanOrEqual(50 * kilobyte);
    expect(other.shares.of('bob').take('bytes', kilobyte)).toBe(true);
    here.giveBack('bytes', 30 * kilobyte);
    await eventually(() => expect(there.take('bytes', 1)).toBe(true));
  });

  test('of anything but memory has to be asked for', () => {
    expect(() => startWorker().shares.of('ada').take('sandboxes')).toThrow('asked for');
  });
});

describe('turns', () => {
  test('are taken by all workers together, one after the other', async () => {
    createSharedTurns('turns of a test', { atOnce: 1 });
    const [one, other] = [startWorker(), startWorker()];
    const waiter = { client: 'ada', sandbox: '1' };
    const pass = await one.turns('turns of a test').take(waiter, never);
    let had = false;
    const second = other
      .turns('turns of a test')
      .take(waiter, never)
      .then((passOn) => {
        had = true;
        return passOn;
      });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(had).toBe(false);
    pass();
    (await second)();
  });

  test('are given up by who leaves, and by a worker that dies', async () => {
    createSharedTurns('other turns of a test', { atOnce: 1 });
    const [one, other, third] = [startWorker(), startWorker(), startWorker()];
    const take = (worker: Worker, signal = never) =>
      worker.turns('other turns of a test').take({ client: 'ada', sandbox: '1' }, signal);
    await take(one);
    const leaving = new AbortController();
    const left = take(other, leaving.signal);
    leaving.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    const waiting = take(third);
    one.lender.end();
    (await waiting)();
  });
});

test('everything that a worker held is given back when it dies', async () => {
  const worker = startWorker();
  const share = worker.shares.of('ada');
  await share.hold('sandboxes');
  await share.hold('redisServers');
  share.take('bytes', kilobyte);
  await eventually(() => expect(shares.taken('bytes')).toBe(kilobyte));
  worker.lender.end();
  expect([shares.taken('sandboxes'), shares.taken('redisServers'), shares.taken('bytes'), shares.clients]).toEqual([
    0, 0, 0, 0,
  ]);
});
