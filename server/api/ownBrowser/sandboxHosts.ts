import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Header } from '../../../scenarios/engine/trace.ts';
import { endToEnd, type Incoming } from '../../lab/ownBrowser/incoming.ts';
import type { Sandbox } from '../../lab/sandbox.ts';
import type { Sandboxes } from '../../lab/sandboxes.ts';
import { isLoopback } from '../guard.ts';
import { asRefused, Refused, refuse, requireRoom, unknownSandbox } from '../refusals.ts';
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
        throw new Refused(429, 'too-many', 'These are more requests than a person makes. Wait a few seconds.');
      },
    }),
  );
  answers.get(browsersOwn, (_req, res) => res.status(404).end());
  answers.get('/', (req, res, next) => {
    // A script that asks for the shop's start page wants the app's JSON; an address that was typed wants something to look at.
    if (req.accepts(['json', 'html']) !== 'html') return next();
    const { ownBrowser, trace } = sandboxOf(req);
    ownBrowser.join();
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
    const { status, statusText, headers, body } = await sandbox.ownBrowser.answer(incoming).catch((error: Error) => {
      throw new Refused(502, 'no-answer', error.message);
    });
    const length: Header[] = [['Content-Length', String(Buffer.byteLength(body))]];
    const bodiless = req.method === 'HEAD' || status === 204 || status === 304;
    res.writeHead(status, statusText, [...endToEnd(headers), ...(bodiless ? [] : length)].flat());
    res.end(body);
  });
  answers.use(refusals(log));

  return function sandboxHosts(req, res, next) {
    if (!isLoopback(host) || nameOf(req) === undefined) return next();
    answers(req, res, next);
  };
}

/** For whoever looks at it a page with the sentence, for a script the sentence. */
const refusals = (log: (error: unknown) => void): ErrorRequestHandler =>
  function refusals(error, req, res: Response, next) {
    if (res.headersSent) return next(error);
    const { status, code, message } = asRefused(error);
    if (status === 500) log(error);
    if (req.accepts(['json', 'html']) === 'html') sendSentence(res, status, message);
    else refuse(res, status, code, message);
  };

/** @throws Refused for a request target that is no path, as a proxy would get it */
function addressOf(req: Request): URL {
  const address = `http://${req.headers.host}${req.originalUrl}`;
  if (req.originalUrl.startsWith('/') && URL.canParse(address)) return new URL(address);
  throw new Refused(400, 'bad-request', `"${req.originalUrl}" is no path of this shop.`);
}

const pairs = (flat: string[]) =>
  flat.flatMap((name, index): Header[] => (index % 2 === 0 ? [[name, flat[index + 1] ?? '']] : []));
