/** Who may do what in a workshop: tokens stand for roles, and keys are exchanged for tokens. */
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { minutes } from '../../scenarios/engine/durations.ts';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import type { WorkshopRole } from '../../scenarios/engine/workshop.ts';

/** The holder of a token. */
export interface Visitor {
  role: WorkshopRole;
  /** Names the holder within the server. It is sent to nobody. */
  id: string;
}

interface Key {
  role: Exclude<WorkshopRole, 'participant'>;
  /** Milliseconds since 1970; null: as long as the workshop. */
  expiresAt: number | null;
}

/** A key for another page is used at once. Milliseconds. */
export const keyLifetime = minutes(5);

/** No vowels, so that no word appears, and no characters that look or sound alike. */
const codeLetters = 'BCDFGHJKMPQRTVWXY346789';
const codeLength = 6;

export const newCode = () =>
  Array.from({ length: codeLength }, () => codeLetters[randomInt(codeLetters.length)]).join('');

/** Returns a typed code in the form in which it is kept. Spaces and hyphens only make it easier to read. */
export const readCode = (typed: string) => typed.toUpperCase().replace(/[\s-]/g, '');

/** Returns a token or key that nobody can guess. */
const secret = () => randomBytes(16).toString('base64url');

/** Secrets are kept and found by their hash. A comparison letter by letter would take longer the more letters are right (timing attack). */
const hashed = (text: string) => createHash('sha256').update(text).digest('base64url');

export type Passes = ReturnType<typeof createPasses>;

/** @param now milliseconds since 1970 */
export function createPasses(now: () => number) {
  /** By the hashes of their tokens. */
  const visitors = new Map<string, Visitor>();
  const holders = new Set<Visitor>();
  const keys = new Map<string, Key>();
  /** Begins every token, so that one of a room that has ended with its server is told from one that was replaced. */
  const room = randomBytes(4).toString('hex');

  const give = (role: WorkshopRole): { token: string; visitor: Visitor } => {
    const token = room + secret();
    const visitor = { role, id: randomBytes(6).toString('hex') };
    visitors.set(hashed(token), visitor);
    holders.add(visitor);
    return { token, visitor };
  };

  const takeBack = (role: WorkshopRole) => {
    for (const [hash, visitor] of visitors) {
      if (visitor.role !== role) continue;
      visitors.delete(hash);
      holders.delete(visitor);
    }
  };

  return {
    /** The driver's first key: it works again after a browser was closed. */
    firstKey(): string {
      const key = secret();
      keys.set(hashed(key), { role: 'driver', expiresAt: null });
      return key;
    },
    /** A key that works once. */
    newKey(role: Key['role']): string {
      const key = secret();
      keys.set(hashed(key), { role, expiresAt: now() + keyLifetime });
      return key;
    },
    admit: () => give('participant'),
    /**
     * Exchanges a key for a token. There is one driver: the token of the driver before no longer works. When that driver has handed
     * the room over, the token of their phone ends, too.
     * @param atMachine whether the request comes from this machine: the first key works nowhere else
     * @param mayReplace called for the first key: false refuses it
     * @throws SandboxError `wrong-code`, `already-driven`
     */
    redeem(text: string, atMachine: boolean, mayReplace: () => boolean): { token: string; visitor: Visitor } {
      const key = keys.get(hashed(text));
      const isFirst = key?.expiresAt === null;
      if (!key || (isFirst && !atMachine) || (key.expiresAt !== null && key.expiresAt < now())) throw usedKey();
      if (isFirst && !mayReplace()) throw alreadyDriven();
      if (!isFirst) keys.delete(hashed(text));
      if (key.role === 'driver') takeBack('driver');
      if (key.role === 'driver' && !isFirst) takeBack('remote');
      return give(key.role);
    },
    visitor: (token: string): Visitor | undefined => visitors.get(hashed(token)),
    /** Whether a token is of another room, which has ended. */
    isOfAnother: (token: string): boolean => !token.startsWith(room),
    /** Whether somebody still has their role. */
    holds: (visitor: Visitor) => holders.has(visitor),
  };
}

const usedKey = () =>
  new SandboxError(
    'wrong-code',
    'This link does not work: it was used already, or it is too old. Ask for another one.',
  );

const alreadyDriven = () =>
  new SandboxError('already-driven', 'Another page drives this room. Take it over, or close this page.');
