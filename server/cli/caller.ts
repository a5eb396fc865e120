import type { Writable } from 'node:stream';

/** What a command uses of its process. */
export interface Caller {
  stdout: Writable & { columns?: number };
  stderr: Writable;
  /** The folder in which the command was typed: relative paths begin there. */
  folder: string;
  /** The environment variables. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Called before a scenario file is imported: its code may block the process. */
  beforeScenarioFile: () => void;
  /** Aborts with the reason when the process should end. */
  signal: AbortSignal;
}

/** Does what a command is for. Returns the exit code. */
export type Work = () => Promise<number>;
