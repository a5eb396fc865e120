import type { RequestHandler } from 'express';
import express4 from 'express4';
import { forgotPassword as usual } from '../app/auth/reset.ts';
import type { Context } from '../app/parts.ts';

/** The same app on Express 4, which ignores the promise of an async handler: nothing handles a rejection. */
export const express = express4;

/** Every async handler needs this wrapper on Express 4. Only one handler has it: the others were forgotten. */
const forwarded =
  (handler: RequestHandler): RequestHandler =>
  (req, res, next) => {
    Promise.resolve(handler(req, res, next)).catch(next);
  };

export const forgotPassword = (context: Context): RequestHandler => forwarded(usual(context));
