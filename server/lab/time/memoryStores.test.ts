import session from 'express-session';
import { expect, test } from 'vitest';
import { minutes } from '../../../scenarios/engine/durations.ts';
import { defaultParts } from '../../app/app.ts';
import type { Services } from '../../app/services.ts';
import { createMemoryStores, type MemoryUse } from './memoryStores.ts';

/** The memory of one process, with one record that expires in so many milliseconds; null: when the browser is closed. */
function processWith(expiresIn: number | null, createSessionStore = () => new session.MemoryStore()) {
  const uses: MemoryUse[] = [];
  const memory = createMemoryStores((use) => uses.push(use));
  const parts = { ...defaultParts, createSessionStore };
  const start = () => {
    const processes = memory.prepare();
    const store = processes.watch(parts, 'app 2').createSessionStore({} as Services);
    processes.replace();
    return store;
  };
  const store = start();
  const expires = expiresIn === null ? null : new Date(Date.now() + expiresIn);
  const record = { userId: 1, cookie: { originalMaxAge: expiresIn, expires } } as session.SessionData;
  store.set('alice', record);
  const found = (sid = 'alice') =>
    new Promise((resolve) => store.get(sid, (_, record) => resolve((record as session.SessionData | null)?.userId)));
  return { memory, store, record, found, start, uses, ops: () => uses.map(({ op, sid }) => `${op} ${sid}`) };
}

test.each<[expiresIn: number | null, aged: number, userId: number | undefined]>([
  [minutes(30), minutes(29), 1],
  [minutes(30), minutes(31), undefined],
  [null, minutes(31), 1],
])('a record in memory that expires in %d ms is, %d ms later, found for user %s', async (expiresIn, aged, userId) => {
  const { memory, found } = processWith(expiresIn);
  memory.age(aged / 2);
  memory.age(aged / 2);
  expect(await found()).toBe(userId);
});

test('each use is reported with what the process then has in memory', async () => {
  const { store, record, found, uses, ops } = processWith(minutes(30));
  await found();
  await found('mallory');
  store.touch!('alice', record);
  store.touch!('mallory', record);
  store.destroy('mallory');
  store.destroy('alice');
  expect(ops()).toEqual(['set alice', 'get alice', 'get mallory', 'touch alice', 'destroy alice']);
  expect(uses[0]).toMatchObject({ process: 'app 2', value: expect.stringContaining('"userId":1') });
  expect(Math.abs(uses[0]!.expiresIn! - minutes(30))).toBeLessThan(1000);
  expect(uses.slice(2)).toMatchObject([{ value: null, expiresIn: null }, {}, { value: null, expiresIn: null }]);
});

/** Looks for what it does not have in another store, and keeps a copy. */
class CopyingStore extends session.MemoryStore {
  override get(sid: string, callback: Parameters<session.MemoryStore['get']>[1]): void {
    super.get(sid, (_error, copy) => {
      if (!copy && sid === 'elsewhere') super.set(sid, { userId: 2, cookie: {} } as session.SessionData);
      super.get(sid, callback);
    });
  }
}

test('a copy of a record that was found elsewhere is reported when the process has it', async () => {
  const { found, uses, ops } = processWith(minutes(30), () => new CopyingStore());
  expect(await found('elsewhere')).toBe(2);
  expect(await found('elsewhere')).toBe(2);
  expect(await found('nowhere')).toBe(undefined);
  expect(ops().slice(1)).toEqual(['get elsewhere', 'set elsewhere', 'get elsewhere', 'get nowhere']);
  expect(uses.slice(1, 3).map(({ value }) => value !== null)).toEqual([false, true]);
});

test('an expired record is not found', async () => {
  const { memory, found, uses } = processWith(minutes(30));
  memory.age(minutes(31));
  await found();
  expect(uses.at(-1)).toMatchObject({ op: 'get', sid: 'alice', value: null });
});

test('what a process has in memory is lost when another one replaces it, and the ended one is of no interest any more', async () => {
  const { memory, store, record, found, start, uses } = processWith(minutes(30));
  start();
  expect(uses.at(-1)).toMatchObject({ process: 'app 2', op: 'lost', sid: 'alice', value: null });
  const { length } = uses;
  store.set('late', record);
  memory.age(minutes(31));
  expect(await found()).toBe(1);
  expect(uses).toHaveLength(length);
});

test('to look at what the processes have in memory removes nothing, although it has expired', () => {
  const { memory, store } = processWith(minutes(30));
  memory.age(minutes(31));
  expect(memory.records()).toEqual([{ process: 'app 2', sid: 'alice' }]);
  expect(memory.records()).toHaveLength(1);
  // This is what the app could call. It looks at each record, which removes those that have expired.
  (store as session.MemoryStore).all(() => {});
  expect(memory.records()).toEqual([]);
});
