import type { Database } from './database.ts';
import type { Reply } from './protocol.ts';

/** What a command that waits for a key needs: BLPOP and its like. */
export interface Waiting {
  /** Tries again after each change. undefined: still nothing. */
  retry(): Reply | undefined;
  /** Seconds; 0: for ever. */
  seconds: number;
  /** Inside a transaction or a script, nobody waits. */
  otherwise: Reply;
}

export const isWaiting = (outcome: Reply | Waiting): outcome is Waiting =>
  typeof outcome === 'object' && outcome !== null && 'retry' in outcome;

/** Carries out a command. Throws CommandError for what Redis refuses. */
export type Run = (database: Database, args: string[]) => Reply | Waiting;

/** By name, in lower case. */
export type Commands = Record<string, Run>;
