import type { Environment } from '../app/limits.ts';

/** `cookie: { maxAge: process.env.SESSION_IDLE_MS }`: it looks like a number, and it is text. */
// biome-ignore lint/suspicious/noExplicitAny: it takes one to get this past the compiler; in JavaScript it takes nothing
export function readLimits({ SESSION_IDLE_MS, SESSION_ABSOLUTE_MS }: Environment): any {
  return { idle: SESSION_IDLE_MS, absolute: SESSION_ABSOLUTE_MS };
}
