import type { Environment } from '../app/settings.ts';

/** `cookie: { maxAge: process.env.SESSION_IDLE_MS }`: it looks like a number, but it is text. */
// biome-ignore lint/suspicious/noExplicitAny: without it the compiler would find the mistake
export function readLimits({ SESSION_IDLE_MS, SESSION_ABSOLUTE_MS }: Environment): any {
  return { idle: SESSION_IDLE_MS, absolute: SESSION_ABSOLUTE_MS };
}
