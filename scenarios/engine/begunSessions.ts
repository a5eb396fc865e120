/** Sessions that a browser began and holds no cookie for: a script keeps its cookies elsewhere, or nowhere. Pure. */
import type { View } from './read.ts';
import type { RecordUser, SessionRecord } from './sessionRecord.ts';

export interface BegunSessions {
  /** How many of their records exist. */
  records: number;
  /** How many of them are new in the step. */
  added: number;
  /** Whom all of them name; null when they name nobody, or not all the same person. */
  user: RecordUser | null;
}

/** Returns which browser began each session: the one whose request was answered with its ID first. */
export function beginnersIn({ exchanges }: View): Map<string, string> {
  const beginners = new Map<string, string>();
  for (const { request, response } of exchanges) {
    const sid = response?.sid;
    if (sid != null && request.sid !== sid && !beginners.has(sid)) beginners.set(sid, request.actor);
  }
  return beginners;
}

/** @param records those of a browser’s own that exist. null for fewer than `atLeast`, which are drawn one by one */
export function begunSessions(records: readonly SessionRecord[], atLeast: number): BegunSessions | null {
  if (records.length < atLeast) return null;
  const [first] = records;
  const same = records.every(({ user }) => user?.id === first!.user?.id);
  return {
    records: records.length,
    added: records.filter(({ mark }) => mark === 'added').length,
    user: same ? first!.user : null,
  };
}
