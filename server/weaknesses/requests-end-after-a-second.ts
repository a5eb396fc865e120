import type { RequestHandler } from 'express';
import express4 from 'express4';
import { forgotPassword as usual } from '../app/auth/reset.ts';
import { readBody as usualReadBody } from '../app/middleware/http.ts';
import type { Context } from '../app/parts.ts';

/** The same app on Express 4, which ignores the promise of an async handler. */
export const express = express4;

/** Milliseconds. */
const longest = 1000;

/** Before the body is read, a timer starts. A request that has no answer by then gets one. */
export const readBody = (): RequestHandler => {
  const readsBody = usualReadBody();
  return function readBody(req, res, next) {
    const timer = setTimeout(() => {
      if (!res.headersSent) res.status(503).json({ error: 'This takes too long. Try again later.' });
    }, longest);
    res.on('close', () => clearTimeout(timer));
    readsBody(req, res, next);
  };
};

const forwarded =
  (handler: RequestHandler): RequestHandler =>
  (req, res, next) => {
    Promise.resolve(handler(req, res, next)).catch(next);
  };

export const forgotPassword = (context: Context): RequestHandler => forwarded(usual(context));
