import type { Channels } from './channels.ts';
import type { Run } from './command.ts';
import type { Database } from './database.ts';

/** What the connections to one mock share. */
export interface MockServer {
  readonly database: Database;
  readonly channels: Channels;
  /** Returns a command that any connection may send; undefined if the mock does not know it. */
  find(name: string): Run | undefined;
  /** @param attempt called after each command, in the order of waiting, until it returns true */
  waitFor(attempt: () => boolean): () => void;
  serveWaiting(): void;
}
