import type { RequestHandler, Response } from 'express';
import { activeUser, eventText, heartbeatMs, openStream } from '../app/account/events.ts';
import { signedSessionId } from '../app/cookies.ts';
import type { Context } from '../app/parts.ts';

/** Checks the session when a stream opens and with each heartbeat, so that it ends soon after its session. */
export const accountEvents = (context: Context): RequestHandler => {
  const streams = new Map<Response, number>();

  context.events.subscribe((event) => {
    for (const [res, userId] of streams) if (userId === event.userId) res.write(eventText(event));
  });

  return async function accountEvents(req, res) {
    const sid = signedSessionId(req, context) ?? '';
    const user = await activeUser(context, sid);
    if (!user) {
      res.status(401).json({ error: 'Log in first.' });
      return;
    }
    openStream(res);
    streams.set(res, user.id);
    const heartbeat = setInterval(async () => {
      if (await activeUser(context, sid).catch(() => undefined)) res.write(': still here\n\n');
      else res.end();
    }, heartbeatMs);
    res.on('close', () => {
      clearInterval(heartbeat);
      streams.delete(res);
    });
  };
};
