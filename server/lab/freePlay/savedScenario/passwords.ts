import bcrypt from 'bcrypt';
import type { User } from '../../../app/db.ts';
import { redact } from '../../redact.ts';

/**
 * Whoever plays may type a password of their own, and a file that is handed on must not have it. The shop's people keep the ones
 * everybody knows; any other becomes a made-up one, always the same for the same, so that a wrong password stays wrong and a
 * changed one stays changed.
 * @param users the shop's people as the sandbox began with them
 */
export function createPasswordMask(users: readonly User[]) {
  const instead = new Map<unknown, unknown>();

  async function learn(password: unknown): Promise<void> {
    if (instead.has(password) || typeof password !== 'string') return;
    const matches = await Promise.all(users.map((user) => bcrypt.compare(password, user.passwordHash)));
    const known = matches.includes(true);
    if (!instead.has(password)) instead.set(password, known ? password : `made-up-password-${instead.size + 1}`);
  }

  /** The body with no password in it but those everybody knows. */
  return async (body: string): Promise<string> => {
    const found: unknown[] = [];
    redact(body, (password) => {
      found.push(password);
      return password;
    });
    if (found.length === 0) return body;
    for (const password of found) await learn(password);
    return redact(body, (password) => (instead.has(password) ? instead.get(password) : password));
  };
}
