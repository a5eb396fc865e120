import { expect, test } from 'vitest';
import { turnToHash } from './turns.ts';

const soon = () => new Promise((done) => setTimeout(done, 5));
const always = new AbortController().signal;

test('one has the turn, and the next one gets it when it is given on', async () => {
  const order: string[] = [];
  const first = await turnToHash(always);
  const second = turnToHash(always).then((giveOn) => {
    order.push('second');
    giveOn();
  });
  await soon();
  order.push('first');
  first();
  await second;
  expect(order).toEqual(['first', 'second']);
});

test('whoever gives up while waiting is let go at once, and holds up nobody', async () => {
  const first = await turnToHash(always);
  const ending = new AbortController();
  const waiting = turnToHash(ending.signal);
  const next = turnToHash(always);
  ending.abort();
  (await waiting)();
  first();
  (await next)();
  (await turnToHash(ending.signal))();
  (await turnToHash(always))();
});

test('who gives up with the turn still has to give it on', async () => {
  const ending = new AbortController();
  const giveOn = await turnToHash(ending.signal);
  let came = false;
  const next = turnToHash(always).then((giveOn) => {
    came = true;
    giveOn();
  });
  ending.abort();
  await soon();
  expect(came).toBe(false);
  giveOn();
  await next;
  expect(came).toBe(true);
});
