import { createHash, randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { emailRule } from '../app/auth/confirmations.ts';
import { confirmLink } from '../app/auth/links.ts';
import type { Context } from '../app/parts.ts';
import { passwordRule } from '../app/passwords.ts';

const oneHour = 60 * 60 * 1000;
const keyOf = (token: string) => `confirm:${createHash('sha256').update(token).digest('base64url')}`;

/** The form asks for the password too, so its hash waits for the link. The person who typed the e-mail has chosen it. */
export const register = (context: Context): RequestHandler =>
  async function register(req, res) {
    const { redis, users, passwords, mail } = context;
    const { email, password } = z.object({ email: emailRule, password: passwordRule }).parse(req.body);
    const passwordHash = await passwords.hash(password);
    const token = randomBytes(32).toString('base64url');
    await redis.set(keyOf(token), JSON.stringify({ email, passwordHash }), 'PX', oneHour);
    if (!users.byEmail(email)) mail({ to: email, subject: 'Confirm your e-mail', text: confirmLink(context, token) });
    res.status(202).json({ message: 'We have sent you a mail.' });
  };

/** The owner of the e-mail confirms the account, and with it the password of somebody else. */
export const confirmEmail = ({ redis, users }: Context): RequestHandler =>
  async function confirmEmail(req, res) {
    const { token } = z.object({ token: z.string() }).parse(req.body);
    const waiting = await redis.getdel(keyOf(token));
    const { email, passwordHash } = JSON.parse(waiting ?? '{}') as { email?: string; passwordHash?: string };
    if (!email || !passwordHash || !users.add(email, passwordHash)) {
      res.status(400).json({ error: 'This link is used or too old. Ask for a new one.' });
      return;
    }
    res.status(204).end();
  };
