import type { RequestHandler, Response } from 'express';
import { activeUser, eventText, heartbeatMs, openStream } from '../app/account/events.ts';
import { signedSessionId } from '../app/cookies.ts';
import type { Context } from '../app/parts.ts';

/** Tells the page when its session has ended. The script of the page then closes the stream and shows the login. */
export const accountEvents = (context: Context): RequestHandler => {
  const streams = new Map<Response, { sid: string; userId: number }>();

  context.events.subscribe((event) => {
    for (const [res, { userId }] of streams) if (userId === event.userId) res.write(eventText(event));
  });
  context.store.on('ended', (ended: string) => {
    for (const [res, { sid }] of streams) if (sid === ended) res.write('event: logged_out\ndata: {}\n\n');
  });

  return async function accountEvents(req, res) {
    const sid = signedSessionId(req, context) ?? '';
    const user = await activeUser(context, sid);
    if (!user) {
      res.status(401).json({ error: 'Log in first.' });
      return;
    }
    openStream(res);
    streams.set(res, { sid, userId: user.id });
    const heartbeat = setInterval(() => res.write(': still here\n\n'), heartbeatMs);
    res.on('close', () => {
      clearInterval(heartbeat);
      streams.delete(res);
    });
  };
};
