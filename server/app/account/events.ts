import type { RequestHandler, Response } from 'express';
import { signedSessionId } from '../cookies.ts';
import type { User } from '../db.ts';
import { userOf } from '../middleware/requireAuth.ts';
import type { Context } from '../parts.ts';
import type { AccountEvent } from '../services.ts';
import { load } from '../sessionStore.ts';

/** How often the session of a stream is checked, and something is sent so that no proxy closes the connection. */
export const heartbeatMs = 15_000;

/** How many streams a session may have, one for each open page. A new one ends the oldest. */
export const mostStreams = 5;

export interface Stream {
  sid: string;
  userId: number;
  res: Response;
}

/**
 * GET /account/events: what happens to the user's account, as server-sent events (HTML standard, section 9.2).
 *
 * A stream goes on for hours after its request was checked. So the session is checked again before each event and with
 * each heartbeat. Where this instance ends the session, its streams end at once. It runs without the session middleware,
 * which renews a session when the response ends: an open page must not keep a session alive.
 */
export const accountEvents = (context: Context): RequestHandler => {
  const { events, store } = context;
  /** Oldest first. */
  const streams = new Set<Stream>();

  events.subscribe(async (event) => {
    const affected = [...streams].filter(({ userId }) => userId === event.userId);
    await Promise.all(affected.map((stream) => send(stream, eventText(event))));
  });
  store.on('ended', (sid: string) => {
    for (const stream of streams) if (stream.sid === sid) end(stream);
  });

  /** Forgets a stream at once. Its connection may take its time to close. */
  function end(stream: Stream): void {
    streams.delete(stream);
    stream.res.end();
  }

  /** Sends a text if the session is still active, and ends the stream if it is not. */
  async function send(stream: Stream, text: string): Promise<void> {
    const active = streams.has(stream) && (await isActive(stream));
    if (!streams.has(stream)) return;
    if (!active) end(stream);
    // A client that does not read must not fill our memory.
    else if (stream.res.writableNeedDrain) stream.res.destroy();
    else stream.res.write(text);
  }

  /** While the store cannot be asked, nothing proves a login. */
  async function isActive({ sid, userId }: Stream): Promise<boolean> {
    try {
      return (await activeUser(context, sid))?.id === userId;
    } catch (error) {
      context.log(error);
      return false;
    }
  }

  return async function accountEvents(req, res) {
    const sid = signedSessionId(req, context);
    const user = sid === undefined ? undefined : await activeUser(context, sid);
    if (sid === undefined || !user) {
      res.status(401).set('cache-control', 'no-store').json({ error: 'Log in first.' });
      return;
    }
    openStream(res);
    const stream: Stream = { sid, userId: user.id, res };
    streams.add(stream);
    const ofSession = [...streams].filter((other) => other.sid === sid);
    if (ofSession.length > mostStreams) end(ofSession[0]!);
    const heartbeat = setInterval(() => send(stream, ': still here\n\n'), heartbeatMs);
    res.on('close', () => {
      clearInterval(heartbeat);
      streams.delete(stream);
    });
    // This checks again. The session may have ended after the first check, when its stream was not yet in the set.
    await send(stream, ': welcome\n\n');
  };
};

/** Sends the headers of a stream of events. */
export function openStream(res: Response): void {
  // X-Accel-Buffering: nginx would keep events back until its buffer is full.
  res.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  res.flushHeaders();
}

/** Returns an event in the format of a stream. JSON contains no line break, which would end the field. */
export const eventText = ({ name, data }: AccountEvent): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

/** Returns the user of an active session, by the rules of requireAuth(). Reading the record does not renew it. */
export async function activeUser(context: Context, sid: string): Promise<User | undefined> {
  const record = await load(context.store, sid);
  if (record?.loginAt === undefined) return undefined;
  return context.now() - record.loginAt < context.absoluteMs ? userOf(context, record) : undefined;
}
