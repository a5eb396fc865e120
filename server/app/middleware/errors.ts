import type { ErrorRequestHandler, RequestHandler } from 'express';
import { ZodError, z } from 'zod';
import type { Services } from '../services.ts';

export const notFound = (): RequestHandler =>
  function notFound(_req, res) {
    res.status(404).json({ error: 'There is no such page.' });
  };

/** What the client did wrong it is told; what we did wrong goes to the log, and the client gets no stack, query or key name. */
export const errors = ({ log }: Services): ErrorRequestHandler =>
  function errors(error, _req, res, next) {
    // Too late for an answer: let Express close the connection, so that the client does not take half of it for the whole.
    if (res.headersSent) {
      log(error);
      return next(error);
    }
    if (error instanceof ZodError) {
      res.status(400).json({ error: z.prettifyError(error) });
      return;
    }
    // body-parser and Express mark errors that the client may read.
    if (error?.expose === true) {
      res.status(error.status).json({ error: error.message });
      return;
    }
    // `/sessions/%ZZ/end`: the router marks it with a status, but not as readable.
    if (error instanceof URIError) {
      res.status(400).json({ error: 'This address cannot be decoded.' });
      return;
    }
    log(error);
    res.status(500).json({ error: 'Something went wrong on our side.' });
  };
