import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Context } from '../app/parts.ts';

/** Only the header counts, which no form can send. The token still belongs to a cookie, and to no session. */
export const requireCsrfToken = (context: Context): RequestHandler =>
  function requireCsrfToken(req, res, next) {
    const token = tokenIn(req);
    if (req.method === 'GET') {
      if (!token) res.cookie('csrf', randomBytes(18).toString('base64url'), { secure: true, sameSite: 'lax' });
      return next();
    }
    if (req.session.userId === undefined) return next();
    if (token && token === req.get('x-csrf-token')) return next();
    context.audit({ name: 'csrf_refused', userId: req.session.userId, ip: req.ip });
    res.status(403).json({ error: 'The form is out of date. Load the page again.' });
  };

export const csrfTokenFor = (_: Context, req: Request) => tokenIn(req);

const tokenIn = (req: Request) => /(?:^|; )csrf=([^;]*)/.exec(req.get('cookie') ?? '')?.[1];
