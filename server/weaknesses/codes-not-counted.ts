import type { RequestHandler } from 'express';
import { z } from 'zod';
import { codeRule, takeCode } from '../app/auth/codes.ts';
import { finishLogin } from '../app/auth/login.ts';
import { userAwaited } from '../app/auth/secondFactor.ts';
import type { Context } from '../app/parts.ts';

/** Wrong passwords are counted, and wrong codes are not: a code changes every 30 seconds anyway. */
export const secondFactor = (context: Context): RequestHandler =>
  async function secondFactor(req, res) {
    const { code } = z.object({ code: codeRule }).parse(req.body);
    const user = userAwaited(context, req);
    if (!user || !takeCode(context, user, code)) {
      res.status(401).json({ error: 'This code is wrong, or it was used before. Wait for the next one.' });
      return;
    }
    await finishLogin(context, req, res, user);
  };
