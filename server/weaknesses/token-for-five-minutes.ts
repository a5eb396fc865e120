import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { cookieNamed } from '../app/cookies.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';
import { signingSecret } from '../app/services.ts';
import { cookieAttributes } from '../app/session.ts';

const name = '__Host-token';
const seconds = 5 * 60;

/** A JSON Web Token says who the user is (RFC 7519). It is short-lived, so that a copy is soon worthless. */
export async function startSession(context: Context, req: Request, { id, email, role }: User): Promise<void> {
  const exp = Math.floor(context.now() / 1000) + seconds;
  const claims = { jti: randomUUID(), sub: String(id), email, role, exp };
  req.res!.cookie(name, createToken(context, claims), { ...cookieAttributes, maxAge: seconds * 1000 });
}

/** Believes a token that the shop has signed. It expires soon, but nothing can end it before. */
export const requireAuth = (context: Context): RequestHandler =>
  function requireAuth(req, res, next) {
    const claims = claimsOf(context, cookieNamed(req, name));
    if (!claims) {
      res.status(401).json({ error: 'Log in first.' });
      return;
    }
    res.locals.claims = claims;
    // The other handlers read the session. express-session does not store what is not enumerable.
    const { sub, role } = claims;
    Object.defineProperties(req.session, { userId: { value: Number(sub) }, role: { value: role } });
    next();
  };

/** Answers from the token, without a look at the table of users. */
export const me = (): RequestHandler =>
  function me(_req, res) {
    const { sub, email, role } = res.locals.claims;
    res.json({ id: Number(sub), email, role });
  };

/** There is nothing to delete but the cookie. */
export const logout = (): RequestHandler =>
  function logout(_req, res) {
    res.set('clear-site-data', '"cache"').clearCookie(name, cookieAttributes).status(204).end();
  };

function createToken(context: Context, claims: object): string {
  const parts = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return `${parts.join('.')}.${signatureOf(context, parts.join('.'))}`;
}

/** Returns what the token says, or undefined when the shop has not signed it, or it has expired. */
function claimsOf(context: Context, token = ''): Record<string, string | number> | undefined {
  const [header, claims = '', signature = ''] = token.split('.');
  const expected = Buffer.from(signatureOf(context, `${header}.${claims}`));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString());
  return said.exp * 1000 > context.now() ? said : undefined;
}

const signatureOf = (context: Context, text: string): string =>
  createHmac('sha256', signingSecret(context)).update(text).digest('base64url');
