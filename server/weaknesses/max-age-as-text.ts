import { type Environment, readSettings as usual } from '../app/settings.ts';

/** `cookie: { maxAge: process.env.SESSION_IDLE_MS }`: it looks like a number, but it is text. */
// biome-ignore lint/suspicious/noExplicitAny: without it the compiler would find the mistake
export function readSettings({ SESSION_IDLE_MS, SESSION_ABSOLUTE_MS, ...others }: Environment): any {
  return { ...usual(others), idleMs: SESSION_IDLE_MS, absoluteMs: SESSION_ABSOLUTE_MS };
}
