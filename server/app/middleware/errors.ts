import type { ErrorRequestHandler, RequestHandler } from 'express';
import { ZodError, z } from 'zod';
import type { Services } from '../services.ts';

export const notFound = (): RequestHandler =>
  function notFound(_req, res) {
    res.status(404).json({ error: 'There is no such page.' });
  };

/** Tells the client about its own mistakes. Ours go to the log: the client sees no stack, no query and no key name. */
export const errors = ({ log }: Services): ErrorRequestHandler =>
  function errors(error, req, res, _next) {
    if (res.headersSent) {
      log(error);
      // Too late for an error page. Close the connection, so that the client does not take half a response for a whole
      // one. A response that has ended is whole, but may still be on its way: express-session reports a failed save or
      // renewal at that moment. (Express's own handler closes the connection then, too.)
      if (!res.writableEnded) req.socket.destroy();
      return;
    }
    if (error instanceof ZodError) {
      res.status(400).json({ error: z.prettifyError(error) });
      return;
    }
    // `expose` marks errors that the client may read. body-parser, Express, TooBusy and CredentialsChanged set it.
    if (error?.expose === true) {
      if (error.retryAfter !== undefined) res.set('retry-after', String(error.retryAfter));
      res.status(error.status).json({ error: error.message });
      return;
    }
    // The router throws this for a path such as `/sessions/%ZZ/end`, without `expose`.
    if (error instanceof URIError) {
      res.status(400).json({ error: 'This address cannot be decoded.' });
      return;
    }
    log(error);
    if (isStoreError(error)) {
      // The session cannot be written. When it is removed, express-session does not try to write it at the end of the
      // response, and sets no cookie for a record that does not exist.
      delete (req as Partial<typeof req>).session;
      // Without the store nobody can be recognized, so nobody gets in. It is not the client's fault, and it will pass.
      res
        .status(503)
        .set('retry-after', '5')
        .json({ error: 'We cannot reach our session store. Try again in a moment.' });
      return;
    }
    res.status(500).json({ error: 'Something went wrong on our side.' });
  };

/**
 * The replies with which Redis refuses a command: it is full, read-only, loading, busy with a script, cut off from its
 * master or its replicas, cannot save to disk, or does not allow this user the command. EXECABORT is the same for a whole
 * transaction.
 */
const refusals = /^(OOM|READONLY|MISCONF|LOADING|BUSY|MASTERDOWN|NOREPLICAS|NOPERM|NOAUTH|EXECABORT)\b/;

/** The messages of ioredis when Redis is unreachable or does not answer in time. */
const unreachable = /^(Connection is closed|Command timed out|Stream isn't writeable|Reached the max retries)/;

/**
 * Returns whether the error comes from Redis. It looks for what only ioredis says: a code such as ECONNREFUSED may come
 * from any other service.
 */
function isStoreError(error: Error | undefined): boolean {
  const { name, message = '' } = error ?? {};
  return unreachable.test(message) || (name === 'ReplyError' && refusals.test(message));
}
