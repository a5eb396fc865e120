import type { RequestHandler } from 'express';
import express4 from 'express4';
import { login as usualLogin } from '../app/auth/login.ts';
import { forgotPassword as usual } from '../app/auth/reset.ts';
import type { Context } from '../app/parts.ts';

/** The same app on Express 4, which ignores the promise of an async handler. */
export const express = express4;

/** Nothing is unhandled any more. But nobody answers the request either. */
const logged =
  (handler: RequestHandler, { log }: Context): RequestHandler =>
  (req, res, next) => {
    Promise.resolve(handler(req, res, next)).catch(log);
  };

const forwarded =
  (handler: RequestHandler): RequestHandler =>
  (req, res, next) => {
    Promise.resolve(handler(req, res, next)).catch(next);
  };

export const login = (context: Context): RequestHandler => logged(usualLogin(context), context);

export const forgotPassword = (context: Context): RequestHandler => forwarded(usual(context));
