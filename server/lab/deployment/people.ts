import bcrypt from 'bcrypt';
import { demoUsers, seedUsers, type User } from '../../app/db.ts';

/** The credentials of all users of the app. They are no secret: learners log in with them. */
export const accounts = demoUsers.map(({ email, password }) => ({ email, password }));

const hashed = new Map<number, Promise<readonly User[]>>();

/** Returns the users with password hashes of that bcrypt cost. Hashing is slow on purpose, so it is done once per cost and process. */
export function people(cost: number): Promise<readonly User[]> {
  const users = hashed.get(cost) ?? seedUsers(cost);
  hashed.set(cost, users);
  return users;
}

/** Returns these users, or the same users with hashes of that bcrypt cost if theirs is lower. */
export async function hashedAtLeast(cost: number, users: readonly User[]): Promise<readonly User[]> {
  return costOf(users) < cost ? people(cost) : users;
}

/** Returns the bcrypt cost of these users' hashes. It is the same for all of them. */
export const costOf = (users: readonly User[]): number => bcrypt.getRounds(users[0]!.passwordHash);
