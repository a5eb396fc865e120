/** What the first process and a worker process tell each other over the channel between them. */
import type { ErrorCode } from '../../scenarios/engine/errors.ts';
import type { Resource } from '../lab/shares.ts';
import type { Waiter } from '../lab/turns.ts';
import type { RedisSwitchOptions } from '../redis/switch.ts';
import type { Place } from '../workshop/ownRuns.ts';

/** What a worker needs to know at its start. */
export interface WorkerSettings {
  redis: RedisSwitchOptions;
  bcryptCost: number;
  /** The address the server listens on. */
  host: string;
  /** What each request from the first process carries. */
  token: string;
}

export type ToWorker =
  | { type: 'start'; settings: WorkerSettings }
  /** What the worker asked for is its own now. */
  | { type: 'granted'; ask: number }
  | { type: 'refused'; ask: number; error: { code: ErrorCode; message: string; retryAfter: number | undefined } }
  /** Whether there is memory for more of what each of these clients records. */
  | { type: 'room'; clients: [client: string, hasRoom: boolean][] }
  | { type: 'end'; sandbox: string; why: string };

export type FromWorker =
  /** It answers at this socket, in a folder that only this user may open. */
  | { type: 'ready'; socket: string }
  /** It asks for one of what a client may hold. Asks are numbered by the worker. */
  | { type: 'hold'; ask: number; client: string; what: Resource }
  /** It asks for a turn. */
  | { type: 'turn'; ask: number; of: string; waiter: Waiter }
  /** It gives back what it asked for, or wants it no more. */
  | { type: 'give-back'; ask: number }
  /** How many bytes the traces of each of these clients have here. */
  | { type: 'bytes'; clients: [client: string, bytes: number][] }
  /** @param ticket names the request that has opened it */
  | { type: 'opened'; sandbox: string; ticket: string }
  | { type: 'ended'; sandbox: string }
  /** Once a second, as a sign of life. */
  | { type: 'places'; places: [sandbox: string, place: Place][] };
