/** express-session calls back; these are the same calls to await. Each rejects with the store's error. */
import type { Request } from 'express';
import type { SessionData, Store } from 'express-session';

/** A new id and an empty session; the old record is deleted. */
export function regenerate(req: Request): Promise<void> {
  return new Promise((resolve, reject) => req.session.regenerate((error) => (error ? reject(error) : resolve())));
}

/** Write the record now instead of at the end of the response. */
export function save(req: Request): Promise<void> {
  return new Promise((resolve, reject) => req.session.save((error) => (error ? reject(error) : resolve())));
}

/** Delete the record; `req.session` is undefined afterwards. */
export function destroy(req: Request): Promise<void> {
  return new Promise((resolve, reject) => req.session.destroy((error) => (error ? reject(error) : resolve())));
}

/** The record of that id, or undefined when there is none (any more). */
export function load(store: Store, sid: string): Promise<SessionData | undefined> {
  return new Promise((resolve, reject) =>
    store.get(sid, (error, session) => (error ? reject(error) : resolve(session ?? undefined))),
  );
}

/** Delete somebody's record by its id. */
export function destroyById(store: Store, sid: string): Promise<void> {
  return new Promise((resolve, reject) => store.destroy(sid, (error) => (error ? reject(error) : resolve())));
}
