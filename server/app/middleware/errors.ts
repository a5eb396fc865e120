import type { ErrorRequestHandler, RequestHandler } from 'express';
import { ZodError, z } from 'zod';
import type { Services } from '../services.ts';

export const notFound = (): RequestHandler =>
  function notFound(_req, res) {
    res.status(404).json({ error: 'There is no such page.' });
  };

/** What the client did wrong it is told; what we did wrong goes to the log, and the client gets no stack, query or key name. */
export const errors = ({ log }: Services): ErrorRequestHandler =>
  function errors(error, req, res, _next) {
    // Too late for an answer: close the connection, so that the client does not take half of it for the whole. Express would do
    // the same, and print the error a second time.
    if (res.headersSent) {
      log(error);
      req.socket.destroy();
      return;
    }
    if (error instanceof ZodError) {
      res.status(400).json({ error: z.prettifyError(error) });
      return;
    }
    // body-parser, Express and we ourselves mark errors that the client may read.
    if (error?.expose === true) {
      if (error.retryAfter !== undefined) res.set('retry-after', String(error.retryAfter));
      res.status(error.status).json({ error: error.message });
      return;
    }
    // `/sessions/%ZZ/end`: the router marks it with a status, but not as readable.
    if (error instanceof URIError) {
      res.status(400).json({ error: 'This address cannot be decoded.' });
      return;
    }
    log(error);
    if (isStoreGone(error)) {
      // What this request changed in its session cannot be written. Without it the end of the response does not try once more,
      // and no cookie goes out for a record that is not there.
      delete (req as Partial<typeof req>).session;
      // Nobody can be recognised now, so nobody is let in; it is not their fault, and it will pass.
      res
        .status(503)
        .set('retry-after', '5')
        .json({ error: 'We cannot reach our session store. Try again in a moment.' });
      return;
    }
    res.status(500).json({ error: 'Something went wrong on our side.' });
  };

/** What ioredis says when Redis cannot be reached or does not answer in time. */
function isStoreGone(error: Error): boolean {
  return /Connection is closed|Command timed out|Stream isn't writeable|max retries|ECONNREFUSED|ECONNRESET/.test(
    error?.message,
  );
}
