import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { OwnBrowser } from '../../../scenarios/engine/api.ts';
import { SandboxError } from '../../../scenarios/engine/errors.ts';
import type { Header } from '../../../scenarios/engine/trace.ts';
import { endToEnd, type Incoming } from '../../lab/ownBrowser/incoming.ts';
import type { Sandbox } from '../../lab/sandbox.ts';
import type { Sandboxes } from '../../lab/sandboxes.ts';
import { asSandboxError, requireRoom, sendError, unknownSandbox } from '../errors.ts';
import { isLoopback } from '../guard.ts';
import { sendPage, sendSentence } from './page.ts';

/** More than a person clicks, and few enough that a page in a loop does not fill the trace at once. */
const mostRequests = { limit: 100, windowMs: 10_000 };

/** Paths that browsers request by themselves. The app does not have them, and the learner did not ask for them. */
const browsersOwn = ['/favicon.ico', '/.well-known/appspecific/com.chrome.devtools.json'];

/**
 * Returns where the learner's own browser can join: a host of its own for each sandbox. A name that ends in `.localhost` is
 * this machine in every browser, and nobody else can own it (RFC 6761 section 6.3). Each sandbox is a site of its own, so no
 * cookie gets from one to another, or to the page.
 * @param listensOn the address the server listens on
 * @param port the port of the connection that asks
 */
export function ownBrowserAt(listensOn: string, port: number | undefined, sandbox: string): OwnBrowser {
  if (isLoopback(listensOn)) return { address: `http://${sandbox}.localhost${port === 80 ? '' : `:${port}`}/` };
  return {
    whyNot: `This server is open to other machines (HOST=${listensOn}), and on each of them a name in .localhost means that machine itself. Start it without HOST to join.`,
  };
}

/**
 * Serves each sandbox's app at its host, for the learner's own browser. Works only while no other machine can reach this
 * server. Requests for any other host go on to the next handler.
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
    // A script gets the app's JSON. A person who typed the address gets a page.
    if (req.accepts(['json', 'html']) !== 'html') return next();
    const { you, trace } = sandboxOf(req);
    you.join();
    sendPage(res, trace.header);
  });
  // The body goes on as it is, so that the app itself decides what it accepts.
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

/** Answers an error with a page for a person, and with JSON for a script. */
const errorAnswers = (log: (error: unknown) => void): ErrorRequestHandler =>
  function errorAnswers(error, req, res: Response, next) {
    if (res.headersSent) return next(error);
    const shown = asSandboxError(error, log);
    if (req.accepts(['json', 'html']) === 'html') sendSentence(res, shown.status, shown.message);
    else sendError(res, shown);
  };

/** Returns the sandbox that a Host header names, at exactly the port it came to; undefined for every other host. */
function sandboxNamedBy(host: string | undefined, port: number | undefined): string | undefined {
  const [, sandbox, given = '80'] = /^([0-9a-f]{12})\.localhost(?::(\d{1,5}))?$/i.exec(host ?? '') ?? [];
  return Number(given) === port ? sandbox?.toLowerCase() : undefined;
}

/** @throws SandboxError for a request target that is not a path, such as one meant for a proxy */
function addressOf(req: Request): URL {
  const address = `http://${req.headers.host}${req.originalUrl}`;
  if (req.originalUrl.startsWith('/') && URL.canParse(address)) return new URL(address);
  throw new SandboxError('bad-request', `"${req.originalUrl}" is not a path of this app.`);
}

const pairs = (flat: string[]) =>
  flat.flatMap((name, index): Header[] => (index % 2 === 0 ? [[name, flat[index + 1] ?? '']] : []));
