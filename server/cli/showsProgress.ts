import type { Terminal } from './caller.ts';

/** A line that is redrawn needs a person who looks at it: not a pipe, and not the log of a build server. */
export const showsProgress = (stream: Terminal, environment: Readonly<Record<string, string | undefined>>): boolean =>
  stream.isTTY === true && !environment.CI && environment.TERM !== 'dumb';
