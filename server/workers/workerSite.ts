/** What a worker process answers: requests about its sandboxes, passed on by the first process. */
import { timingSafeEqual } from 'node:crypto';
import express, { type Express, type Request, type RequestHandler, Router } from 'express';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import { scenarios } from '../../scenarios/index.ts';
import { noteConnection } from '../api/cameThrough.ts';
import { compressed } from '../api/compressed.ts';
import { errorAnswers } from '../api/errors.ts';
import { addSandboxRoutes } from '../api/sandboxRoutes.ts';
import type { Sandbox } from '../lab/sandbox.ts';
import type { Sandboxes } from '../lab/sandboxes.ts';
import type { RedisSwitch } from '../redis/switch.ts';
import { headerNames } from './headerNames.ts';
import type { WorkerSettings } from './messages.ts';

interface WorkerSiteSettings extends Omit<WorkerSettings, 'redis'> {
  sandboxes: Sandboxes;
  redis: RedisSwitch;
  /** @param ticket names the request that has opened it */
  opened(sandbox: Sandbox, ticket: string): void;
  log: (error: unknown) => void;
}

export function workerSite({ token, opened, log, ...settings }: WorkerSiteSettings): Express {
  const site = express();
  site.disable('x-powered-by');
  site.use(fromFirstProcess(token));
  site.use(compressed());
  const router = Router();
  addSandboxRoutes(router, {
    ...{ ...settings, scenarios },
    // The first process has asked already.
    mayOpen: () => {},
    opened: (req, sandbox) => opened(sandbox, req.get(headerNames.ticket) ?? ''),
  });
  router.use((req) => {
    throw new SandboxError('unknown-route', `The API has no ${req.method} ${req.path}.`);
  });
  site.use('/api', express.json({ limit: '16kb' }), router);
  site.use(errorAnswers(log, 'This page cannot be shown'));
  return site;
}

/** Refuses everybody but the first process, and believes what it says about the client's connection. */
function fromFirstProcess(token: string): RequestHandler {
  const expected = Buffer.from(token);
  const knows = (req: Request) => {
    const given = Buffer.from(req.get(headerNames.token) ?? '');
    return given.length === expected.length && timingSafeEqual(given, expected);
  };
  return function fromFirstProcess(req, _res, next) {
    if (!knows(req)) throw new SandboxError('not-your-role', 'Only the first process of this server is answered here.');
    noteConnection(req, JSON.parse(req.get(headerNames.connection)!));
    next();
  };
}
