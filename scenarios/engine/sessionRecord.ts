/** A session record in the picture of who is who, and whom it names. Pure. */
import type { Mark } from './marks.ts';
import { personOf } from './people.ts';
import type { View } from './read.ts';

export interface SessionRecord {
  /** `remember`: the series of a remembered device. Its token is no login, but starts a session. `sid` is then its key. */
  kind: 'session' | 'remember';
  sid: string;
  /** The process that has it in memory, in words: "process 2"; null when records are in Redis. */
  process: string | null;
  /**
   * `none`: there is none. `token`: there is none, because the cookie itself says who it is. `elsewhere`: not in Redis, but the app answered to this session, which it never looked up there.
   * `kept`: it has expired, and is still in the memory of its process, because nobody has asked for it since.
   * `lost`: the process that had it in memory has ended, or Redis has restarted without persistence. `unreachable`: the app does not
   * reach Redis, whatever Redis holds. `unseen`: nobody sees the records of this app, and only what it answers tells whom one names.
   */
  state:
    | 'live'
    | 'token'
    | 'unseen'
    | 'unreachable'
    | 'elsewhere'
    | 'deleted'
    | 'evicted'
    | 'expired'
    | 'kept'
    | 'lost'
    | 'none';
  mark: Mark | null;
  /** Sandbox ms; null when it does not expire or does not exist. */
  expiresAt: number | null;
  /** Whom it names; null when it names nobody or does not exist. */
  user: RecordUser | null;
  /** Whom it named when the step started. */
  before: RecordUser | null;
  /** The name of the person whose code a record of nobody waits for: somebody has typed the password. */
  waitsFor: string | null;
  /** What is in its basket, where the scenario is about that and it has one. */
  basket?: Basket | null;
}

export interface Basket {
  /** What is in it, in its order. */
  items: string[];
  /** Whether the step put something into it, or took something out. */
  isChanged: boolean;
}

export interface RecordUser {
  id: number;
  /** "Alice" */
  name: string;
  /** "customer"; '' when the record does not say. */
  role: string;
}

/** Reads `userId` and `role` from a session record, which is JSON. */
export function userIn(sid: string, value: string | null, view: View): RecordUser | null {
  const { userId, role } = fieldsOf(value ?? '');
  if (typeof userId !== 'number') return null;
  return { id: userId, name: nameFor(sid, userId, view), role: typeof role === 'string' ? role : '' };
}

/** Reads who is pending in a session record that names nobody. */
export function pendingIn(value: string | null, { header }: View): string | null {
  const { userId, pending } = fieldsOf(value ?? '');
  if (typeof userId === 'number' || typeof pending !== 'object' || pending === null) return null;
  return 'userId' in pending && typeof pending.userId === 'number' ? personOf(header, pending.userId) : null;
}

/**
 * Users that the header names keep their name, whatever e-mail address they change to. For the others, who have registered, what the
 * app itself answered to this session counts: two apps count their users alike.
 */
export function nameFor(sid: string, userId: number, { header, exchanges }: View): string {
  if (header.users.some(({ id }) => id === userId)) return personOf(header, userId);
  const last = exchanges.findLast(({ request, response }) => {
    if (request.sid !== sid && response?.sid !== sid) return false;
    const { id, email } = fieldsOf(response?.body ?? '');
    return id === userId && typeof email === 'string';
  });
  const email = last ? String(fieldsOf(last.response!.body).email) : undefined;
  return personOf(email ? { users: [{ id: userId, email }] } : header, userId);
}

/** Returns the fields of a JSON object; none of anything else. */
export function fieldsOf(json: string): Record<string, unknown> {
  if (!json.startsWith('{')) return {};
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return {};
  }
}
