import type { RequestHandler } from 'express';
import type { Shop } from '../app/app.ts';
import { me as usualMe } from '../app/routes/me.ts';
import { cookieName, readSession as usualReadSession } from '../app/session.ts';

/** For devices that keep no cookies: the session may come in the address as well. */
export const readSession = (shop: Shop): RequestHandler => {
  const proceed = usualReadSession(shop);
  return function readSession(req, res, next) {
    const { sid } = req.query;
    if (typeof sid === 'string') req.headers.cookie = `${cookieName}=${encodeURIComponent(sid)}`;
    proceed(req, res, next);
  };
};

/** The account page has a link to go on with on the phone, already logged in. */
export const me = (shop: Shop): RequestHandler => {
  const proceed = usualMe(shop);
  return function me(req, res, next) {
    const sid = new RegExp(`${cookieName}=([^;]+)`).exec(req.get('cookie') ?? '')?.[1];
    res.set('link', `</me?sid=${sid}>; rel="alternate"; title="On your phone"`);
    return proceed(req, res, next);
  };
};
