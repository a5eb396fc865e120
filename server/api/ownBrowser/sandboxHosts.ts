import express, { type Request, type RequestHandler, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { OwnBrowser } from '../../../scenarios/engine/api.ts';
import { SandboxError, unknownSandbox } from '../../../scenarios/engine/errors.ts';
import type { Header } from '../../../scenarios/engine/trace.ts';
import { endToEnd, pairsOf } from '../../lab/headers.ts';
import { parseUrl } from '../../lab/network/parseUrl.ts';
import type { IncomingRequest } from '../../lab/ownBrowser/incomingRequest.ts';
import type { Sandbox } from '../../lab/sandbox.ts';
import type { Sandboxes } from '../../lab/sandboxes.ts';
import { isLoopback } from '../../workshop/loopback.ts';
import type { ClientConnection } from '../cameThrough.ts';
import { shareOf } from '../clients.ts';
import { errorAnswers, requireRoom } from '../errors.ts';
import { leaving } from '../leaving.ts';
import { addressOf } from '../listening.ts';
import { turnToWork } from '../longWork.ts';
import { sendStartPage } from './page.ts';

/** More than a person clicks, and few enough that a runaway page does not fill the trace at once. */
const mostRequests = { limit: 100, windowMs: 10_000 };

/** A browser keeps this many for a site (Chromium 156). What a request carries is recorded, cookie by cookie. */
const mostCookies = 180;

/** @throws SandboxError for a request with more cookies than a browser has */
function requireFewCookies(req: Request): void {
  const count = req.headers.cookie?.split(';').length ?? 0;
  if (count <= mostCookies) return;
  throw new SandboxError(
    'bad-request',
    `This request carries ${count} cookies. A browser keeps at most ${mostCookies} for a site.`,
    { status: 431 },
  );
}

/** Requests that browsers send on their own. The app has nothing to answer them with. */
const automaticRequests = ['/favicon.ico', '/.well-known/appspecific/com.chrome.devtools.json'];

/**
 * Answers the learner's own browser: each sandbox's app has a host of its own. Works only at the machine of the server, and not
 * while it was started to be open to other machines. Requests for any other host go to the next handler.
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

  const router = Router();
  router.use((req, _res, next) => {
    sandboxOf(req);
    next();
  });
  router.use(
    rateLimit({
      ...mostRequests,
      legacyHeaders: false,
      keyGenerator: (req) => nameOf(req) ?? '',
      handler: () => {
        throw new SandboxError('too-many', 'These are more requests than a person sends. Wait a few seconds.');
      },
    }),
  );
  router.get(automaticRequests, (_req, res) => res.status(404).end());
  router.get('/', (req, res, next) => {
    // A script that requests the app's start page wants its JSON; a typed address needs a page.
    if (req.accepts(['json', 'html']) !== 'html') return next();
    const { ownBrowser, trace } = sandboxOf(req);
    ownBrowser.join();
    sendStartPage(res, trace.header);
  });
  // The body is passed on as it is: refusing it is up to the app.
  router.use(express.raw({ type: () => true, limit: '64kb', inflate: false }));
  router.use(async (req, res) => {
    const sandbox = sandboxOf(req);
    requireFewCookies(req);
    requireRoom(sandbox);
    const pass = await turnToWork(shareOf(sandboxes.shares, req), sandbox.id, leaving(res));
    res.on('close', pass);
    const incoming: IncomingRequest = {
      method: req.method,
      url: urlOf(req),
      headers: pairsOf(req.rawHeaders),
      body: Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0),
      address: req.socket.remoteAddress ?? '',
    };
    const { status, statusText, headers, body } = await sandbox.ownBrowser.answer(incoming).catch((error: Error) => {
      throw new SandboxError('bad-gateway', error.message);
    });
    const length: Header[] = [['Content-Length', String(Buffer.byteLength(body))]];
    const bodiless = req.method === 'HEAD' || status === 204 || status === 304;
    res.writeHead(status, statusText, [...endToEnd(headers), ...(bodiless ? [] : length)].flat());
    res.end(body);
  });
  router.use(errorAnswers(log, 'The shop does not answer'));

  return function sandboxHosts(req, res, next) {
    if (!isLoopback(addressOf(req.socket, host)) || nameOf(req) === undefined) return next();
    router(req, res, next);
  };
}

/**
 * Returns the host at which a sandbox's app answers the learner's own browser. In every browser, a name that ends in
 * `.localhost` is this machine, and nobody else can register it (RFC 6761 section 6.3). Each sandbox is a site of its own: no
 * cookie gets from one to another, nor to the page.
 * @param listensOn the address the server listens on
 * @param connection that asks
 */
export function ownBrowserAt(listensOn: string, connection: ClientConnection, sandbox: string): OwnBrowser {
  const { localPort: port } = connection;
  if (isLoopback(addressOf(connection, listensOn)))
    return { address: `http://${sandbox}.localhost${port === 80 ? '' : `:${port}`}/` };
  if (isLoopback(listensOn)) {
    return {
      whyNot:
        'The app runs at the machine of the workshop, and a name in .localhost means your own. To join, start the sandbox at your machine.',
    };
  }
  return {
    whyNot: `This server is open to other machines (HOST=${listensOn}), and a name in .localhost means a different machine on each of them. To join, start the server without HOST.`,
  };
}

/** Returns the sandbox that a Host header names, at exactly the port it came to; undefined for every other host. */
function sandboxNamedBy(host: string | undefined, port: number | undefined): string | undefined {
  const [, sandbox, given = '80'] = /^([0-9a-f]{12})\.localhost(?::(\d{1,5}))?$/i.exec(host ?? '') ?? [];
  return Number(given) === port ? sandbox?.toLowerCase() : undefined;
}

/** @throws SandboxError for a request target that is not a path, such as a proxy would receive */
function urlOf(req: Request): URL {
  const url = parseUrl(`http://${req.headers.host}${req.originalUrl}`);
  if (req.originalUrl.startsWith('/') && url) return url;
  throw new SandboxError('bad-request', `"${req.originalUrl}" is not a path of this app.`);
}
