import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { SandboxError } from '../../../scenarios/engine/errors.ts';
import type { Header } from '../../../scenarios/engine/trace.ts';
import { endToEnd, type Incoming } from '../../lab/ownBrowser/incoming.ts';
import type { Sandbox } from '../../lab/sandbox.ts';
import type { Sandboxes } from '../../lab/sandboxes.ts';
import { asSandboxError, requireRoom, sendError, unknownSandbox } from '../errors.ts';
import { isLoopback } from '../guard.ts';
import { sandboxNamedBy } from './host.ts';
import { sendPage, sendSentence } from './page.ts';

/** More than a person clicks, and few enough that a page gone wild does not fill the trace at once. */
const mostRequests = { limit: 100, windowMs: 10_000 };

/** What browsers ask for by themselves: nobody's request, and nothing the app has. */
const browsersOwn = ['/favicon.ico', '/.well-known/appspecific/com.chrome.devtools.json'];

/**
 * Each sandbox's app at a host of its own, for the learner's own browser. Only while nobody else can reach this server; requests
 * for any other host go on to the next handler.
 */
export function sandboxHosts({
  sandboxes,
  host,
  log,
}: {
  sandboxes: Sandboxes;
  /** The address the server listens on. */
  host: string;
  log: (error: unknown) => void;
}): RequestHandler {
  const nameOf = (req: Request) => sandboxNamedBy(req.headers.host, req.socket.localPort);
  const sandboxOf = (req: Request): Sandbox => {
    const sandbox = sandboxes.find(nameOf(req) ?? '');
    if (!sandbox) throw unknownSandbox();
    return sandbox;
  };

  const answers = Router();
  answers.use((req, _res, next) => {
    sandboxOf(req);
    next();
  });
  answers.use(
    rateLimit({
      ...mostRequests,
      legacyHeaders: false,
      keyGenerator: (req) => nameOf(req) ?? '',
      handler: () => {
        throw new SandboxError('too-many', 'These are more requests than a person makes. Wait a few seconds.');
      },
    }),
  );
  answers.get(browsersOwn, (_req, res) => res.status(404).end());
  answers.get('/', (req, res, next) => {
    // A script that asks for the shop's start page wants the app's JSON; an address that was typed wants something to look at.
    if (req.accepts(['json', 'html']) !== 'html') return next();
    const { you, trace } = sandboxOf(req);
    you.join();
    sendPage(res, trace.header);
  });
  // As it comes: what the app refuses is for the app to refuse.
  answers.use(express.raw({ type: () => true, limit: '64kb', inflate: false }));
  answers.use(async (req, res) => {
    const sandbox = sandboxOf(req);
    requireRoom(sandbox);
    const incoming: Incoming = {
      method: req.method,
      url: addressOf(req),
      headers: pairs(req.rawHeaders),
      body: Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0),
      address: req.socket.remoteAddress ?? '',
    };
    const { status, statusText, headers, body } = await sandbox.you.answer(incoming).catch((error: Error) => {
      throw new SandboxError('bad-gateway', error.message);
    });
    const length: Header[] = [['Content-Length', String(Buffer.byteLength(body))]];
    const bodiless = req.method === 'HEAD' || status === 204 || status === 304;
    res.writeHead(status, statusText, [...endToEnd(headers), ...(bodiless ? [] : length)].flat());
    res.end(body);
  });
  answers.use(errorAnswers(log));

  return function sandboxHosts(req, res, next) {
    if (!isLoopback(host) || nameOf(req) === undefined) return next();
    answers(req, res, next);
  };
}

/** For whoever looks at it a page with the sentence, for a script the sentence. */
const errorAnswers = (log: (error: unknown) => void): ErrorRequestHandler =>
  function errorAnswers(error, req, res: Response, next) {
    if (res.headersSent) return next(error);
    const shown = asSandboxError(error, log);
    if (req.accepts(['json', 'html']) === 'html') sendSentence(res, shown.status, shown.message);
    else sendError(res, shown);
  };

/** @throws SandboxError for a request target that is no path, as a proxy would get it */
function addressOf(req: Request): URL {
  const address = `http://${req.headers.host}${req.originalUrl}`;
  if (req.originalUrl.startsWith('/') && URL.canParse(address)) return new URL(address);
  throw new SandboxError('bad-request', `"${req.originalUrl}" is no path of this shop.`);
}

const pairs = (flat: string[]) =>
  flat.flatMap((name, index): Header[] => (index % 2 === 0 ? [[name, flat[index + 1] ?? '']] : []));
