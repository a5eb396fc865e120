import { expect, test } from 'vitest';
import { atThisMachine, createHoldings, createShares, usualRoom } from './shares.ts';

const small = createShares.bind(null, { ...usualRoom, streams: { all: 10, each: 4, reserve: 3, timesLeft: 2 } });

/** Takes as much as there is, one by one, and returns how much that was. */
function takeAll(shares: ReturnType<typeof small>, client: string): number {
  let count = 0;
  while (shares.of(client).take('streams')) count += 1;
  return count;
}

test('a client takes its share, all clients leave the reserve, and the user at the machine takes the rest', () => {
  const shares = small();
  expect(takeAll(shares, 'one')).toBe(4);
  expect(takeAll(shares, 'two')).toBe(2);
  expect(takeAll(shares, 'three')).toBe(1);
  expect(takeAll(shares, 'four')).toBe(0);
  expect(takeAll(shares, atThisMachine)).toBe(3);
});

test('after four clients have taken all they could, there is room for a class', () => {
  const shares = createShares();
  const take = (client: string, most: number): number => {
    let count = 0;
    while (count < most && shares.of(client).take('sandboxes')) count += 1;
    return count;
  };
  expect(['one', 'two', 'three', 'four'].map((client) => take(client, 1000))).toEqual([90, 60, 40, 27]);
  const learners = Array.from({ length: 30 }, (_, index) => take(`learner ${index}`, 1));
  expect(learners).toEqual(learners.map(() => 1));
});

test('a class that reaches the server through one address has what its lessons need', () => {
  const one = createShares().of('one');
  for (const [what, count] of [
    ['sandboxes', 90],
    ['processes', 30],
    ['redisServers', 8],
  ] as const)
    for (let index = 0; index < count; index++) expect(one.take(what)).toBe(true);
});

test('the user at the machine alone may take everything, and what they hold is not taken from the reserve of others', () => {
  const shares = small();
  expect(takeAll(shares, atThisMachine)).toBe(10);
  shares.of(atThisMachine).giveBack('streams', 8);
  expect(['one', 'two', 'three'].map((client) => takeAll(shares, client))).toEqual([4, 2, 1]);
});

test('what was given back can be taken again, once, and a client that holds nothing is forgotten', () => {
  const shares = small();
  const one = shares.of('one');
  const releases = Array.from({ length: 4 }, () => one.hold('streams'));
  expect(() => one.hold('streams')).toThrow('4 pages of yours follow sandboxes already');
  releases[0]!();
  releases[0]!();
  expect(takeAll(shares, 'one')).toBe(1);
  one.giveBack('streams');
  for (const release of releases.slice(1)) release();
  expect([shares.taken('streams'), shares.clients]).toEqual([0, 0]);
});

test('a refusal says when to try again', () => {
  const shares = small();
  takeAll(shares, 'one');
  expect(() => shares.of('one').hold('streams')).toThrow(
    expect.objectContaining({ code: 'too-many', status: 429, retryAfter: 10 }),
  );
});

test('a sandbox gives back everything at its end', async () => {
  const shares = createShares();
  const holdings = createHoldings(shares.of('one'));
  await holdings.hold('redisServers');
  expect(holdings.keep(1000)).toBe(true);
  expect(holdings.keep(usualRoom.bytes.each)).toBe(false);
  expect([shares.taken('redisServers'), shares.taken('bytes')]).toEqual([1, 1000]);
  holdings.release();
  holdings.release();
  expect([shares.taken('redisServers'), shares.taken('bytes'), shares.clients]).toEqual([0, 0, 0]);
});
