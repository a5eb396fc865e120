/** For the bench: the app as on the command line, without the sandbox. */
import { randomBytes } from 'node:crypto';
import bcrypt from 'bcrypt';
import type { Redis } from 'ioredis';
import { createUsers, type User } from '../../server/app/db.ts';
import type { Services } from '../../server/app/services.ts';

/** As the command line has it: 2^4 rounds. */
export const bcryptCost = 4;

/** Returns services that keep no log of what happens and send no mail. The clock is the one of the machine. */
export function bareServices(redis: Redis, users: readonly User[]): Services {
  return {
    redis,
    users: createUsers(users),
    bcrypt,
    bcryptCost,
    secret: randomBytes(32).toString('base64url'),
    frontEnds: [],
    idleMs: 30 * 60_000,
    absoluteMs: 8 * 3_600_000,
    recentPasswordMs: 5 * 60_000,
    publicOrigin: 'https://shop.example',
    now: Date.now,
    audit: () => {},
    mail: () => {},
    events: { publish: () => {}, subscribe: () => {} },
    charge: async () => {},
    log: console.error,
  };
}
