import session from 'express-session';
import { expect, test } from 'vitest';
import { minutes } from '../../../scenarios/engine/durations.ts';
import { defaultParts } from '../../app/app.ts';
import type { Services } from '../../app/services.ts';
import { createMemoryStores } from './memoryStores.ts';

/** A MemoryStore with one record that expires in so many milliseconds; null: when the browser is closed. */
function storeWith(expiresIn: number | null) {
  const memory = createMemoryStores();
  const store = memory
    .watch({ ...defaultParts, createSessionStore: () => new session.MemoryStore() })
    .createSessionStore({} as Services);
  const expires = expiresIn === null ? null : new Date(Date.now() + expiresIn);
  store.set('alice', { userId: 1, cookie: { originalMaxAge: expiresIn, expires } } as session.SessionData);
  const found = () =>
    new Promise((resolve) =>
      store.get('alice', (_, record) => resolve((record as session.SessionData | null)?.userId)),
    );
  return { memory, found };
}

test.each<[expiresIn: number | null, aged: number, userId: number | undefined]>([
  [minutes(30), minutes(29), 1],
  [minutes(30), minutes(31), undefined],
  [null, minutes(31), 1],
])('a record in memory that expires in %d ms is, %d ms later, found for user %s', async (expiresIn, aged, userId) => {
  const { memory, found } = storeWith(expiresIn);
  memory.age(aged / 2);
  memory.age(aged / 2);
  expect(await found()).toBe(userId);
});

test('a store whose process has ended is not aged any more', async () => {
  const { memory, found } = storeWith(minutes(30));
  memory.forget();
  memory.age(minutes(31));
  expect(await found()).toBe(1);
});
