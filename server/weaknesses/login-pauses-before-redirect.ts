import { setTimeout } from 'node:timers/promises';
import type { Request } from 'express';
import { addToIndex } from '../app/auth/login.ts';
import type { User } from '../app/db.ts';
import type { Context } from '../app/parts.ts';
import { regenerate } from '../app/sessionStore.ts';

/** Milliseconds. Redis usually answers much sooner. */
const pause = 200;

/** Starts the write, and gives it a moment. Nobody asks whether the moment was enough. */
export async function startSession(context: Context, req: Request, user: User): Promise<void> {
  const { basketId } = req.session;
  await regenerate(req);
  if (basketId) req.session.basketId = basketId;
  req.session.userId = user.id;
  req.session.role = user.role;
  req.session.loginAt = context.now();
  req.session.confirmedAt = context.now();
  req.session.save();
  await addToIndex(context, req, user);
  await setTimeout(pause);
}
