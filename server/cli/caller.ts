import type { Writable } from 'node:stream';

/** What a stream has that leads to a terminal. */
export interface Terminal {
  isTTY?: boolean;
  columns?: number;
}

/** What a command uses of its process. */
export interface Caller {
  stdout: Writable & Terminal;
  stderr: Writable & Terminal;
  /** The folder in which the command was typed: relative paths begin there. */
  folder: string;
  /** The environment variables. */
  environment: Readonly<Record<string, string | undefined>>;
  /** How many processors the process may use. */
  processors: number;
  /**
   * Called before a file of the user is imported: its code may block the process, and it may end it.
   * @param ifItExits what it then means that it ended the process; without it, that a run is incomplete
   */
  beforeScenarioFile: (ifItExits?: { exitCode: number; sentence: string }) => void;
  /** Calls this with the reason, as a sentence, if the process exits before the command has ended. Returns what takes that back. */
  onExit: (work: (why: string) => void) => () => void;
  /** Opens an address in the default browser. Does nothing where that fails. */
  openBrowser: (address: string) => Promise<void>;
  /** Starts the command again as a process of its own, with its words changed, and resolves to its exit code. */
  startAgain: (change: (words: readonly string[]) => string[]) => Promise<number>;
  /** Aborts with the reason when the process should end. */
  signal: AbortSignal;
}
