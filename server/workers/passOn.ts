/** Passes a request on to a worker, and its answer back. */
import { request } from 'node:http';
import type { Request, Response } from 'express';
import { connectionOf } from '../api/cameThrough.ts';
import { endToEnd, pairsOf } from '../lab/headers.ts';
import { headerNames } from './headerNames.ts';
import type { WorkerProcess } from './workerProcess.ts';

/** Nothing else of a request has a meaning for a worker. Least of all what a client may claim about its own connection. */
const passedHeaders = ['accept', 'accept-encoding', 'content-type', 'last-event-id'];

/** The answer to a client that holds all of its share. */
export const tooMany = 429;

/** Thrown when the worker breaks the connection off or takes none: it has ended, or it is too busy. */
export class WorkerGone extends Error {
  override name = 'WorkerGone';
}

interface How {
  /** Names the request, if it opens a sandbox. */
  ticket?: string;
  /** Whether "too many" is not passed on, because another worker is asked then. */
  mayRefuse?: boolean;
}

/**
 * Resolves when the answer has begun, to its status; to 0 when the client has left before.
 * @throws WorkerGone
 */
export function passOn(
  worker: Pick<WorkerProcess, 'socket' | 'token'>,
  req: Request,
  res: Response,
  { ticket, mayRefuse = false }: How = {},
): Promise<number> {
  const { remoteAddress, localAddress, localPort } = connectionOf(req);
  const body = req.method === 'POST' ? JSON.stringify(req.body) : undefined;
  const headers = {
    ...Object.fromEntries(passedHeaders.flatMap((name) => (req.headers[name] ? [[name, req.headers[name]]] : []))),
    ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
    ...(ticket === undefined ? {} : { [headerNames.ticket]: ticket }),
    [headerNames.token]: worker.token,
    [headerNames.connection]: JSON.stringify({ remoteAddress, localAddress, localPort }),
  };

  return new Promise((resolve, reject) => {
    const outgoing = request({
      ...{ socketPath: worker.socket, method: req.method, path: req.originalUrl, headers, agent: false },
    });
    const leave = () => outgoing.destroy();
    res.once('close', leave);
    outgoing.once('response', (incoming) => {
      const { statusCode = 0, rawHeaders } = incoming;
      if (mayRefuse && statusCode === tooMany) {
        res.off('close', leave);
        incoming.resume();
        return resolve(statusCode);
      }
      res.status(statusCode);
      for (const [name, value] of endToEnd(pairsOf(rawHeaders))) res.setHeader(name, value);
      res.flushHeaders();
      incoming.pipe(res);
      // A worker that dies cuts its answers off, and the page has to notice.
      incoming.on('error', () => {});
      incoming.once('close', () => incoming.complete || res.destroy());
      resolve(statusCode);
    });
    outgoing.on('error', (error) => {
      // Nobody waits for the answer any more.
      if (res.closed) resolve(0);
      else reject(new WorkerGone('The worker has ended.', { cause: error }));
    });
    outgoing.end(body);
  });
}
