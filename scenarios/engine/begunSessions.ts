/** Sessions that a browser began and holds no cookie for: a script keeps its cookies elsewhere, or nowhere. Pure. */
import type { View } from './read.ts';
import type { RecordUser, SessionRecord } from './sessionRecord.ts';

export interface BegunSessions {
  /** How many of their records exist. */
  records: number;
  /** How many it began in the step, those included that ended in it. */
  added: number;
  /** Whom all of them name; null when they name nobody, or not all the same person. */
  user: RecordUser | null;
}

/** Who began a session: the one whose request was answered with its ID first. */
interface Beginning {
  actor: string;
  /** Whether that was in the step. */
  isNew: boolean;
}

/** Returns who began each session, by its ID. */
export function beginningsIn({ exchanges, since }: View): Map<string, Beginning> {
  const beginnings = new Map<string, Beginning>();
  for (const { request, response } of exchanges) {
    const sid = response?.sid;
    if (sid == null || request.sid === sid || beginnings.has(sid)) continue;
    beginnings.set(sid, { actor: request.actor, isNew: request.seq >= since });
  }
  return beginnings;
}

/**
 * @param records those of a browser’s own that exist. null for fewer than `atLeast`, which are drawn one by one
 * @param begun how many it began in the step, as the answers tell
 */
export function begunSessions(records: readonly SessionRecord[], atLeast: number, begun: number): BegunSessions | null {
  if (records.length < atLeast) return null;
  const [first] = records;
  const same = records.every(({ user }) => user?.id === first!.user?.id);
  return {
    records: records.length,
    added: Math.max(begun, records.filter(({ mark }) => mark === 'added').length),
    user: same ? first!.user : null,
  };
}
