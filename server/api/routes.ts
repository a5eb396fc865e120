import express, { Router } from 'express';
import type { Catalogue, RecordedRun, Stores } from '../../scenarios/engine/api.ts';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import { outline, type Scenario } from '../../scenarios/engine/scenario.ts';
import { scenarios as allScenarios } from '../../scenarios/index.ts';
import type { CountedSandboxes } from '../lab/sandboxes.ts';
import type { RedisSwitch } from '../redis/switch.ts';
import { ownSandbox } from '../workshop/ownRuns.ts';
import { createWorkshops, type Workshops } from '../workshop/workshops.ts';
import { addElsewhereRoutes, type Elsewhere } from './elsewhere.ts';
import { type RecordRun, recordOnce } from './recordedRun.ts';
import { addSandboxRoutes } from './sandboxRoutes.ts';
import { workshopApi } from './workshop/routes.ts';
import { requireInRoom } from './workshop/visitors.ts';

export interface ApiSettings {
  /** The scenarios on offer. Default: all. */
  scenarios?: readonly Scenario[];
  sandboxes: CountedSandboxes;
  redis: RedisSwitch;
  bcryptCost: number;
  /** The run that the first page shows. Default: it is recorded when it is first asked for. */
  recordedRun?: RecordRun;
  /** Default: this server opens no workshop. */
  workshops?: Workshops;
  /** The address the server listens on. */
  host: string;
  /** The worker processes. Default: this process has every sandbox. */
  elsewhere?: Elsewhere | null;
}

/** The API. Its requests and answers are defined in scenarios/engine/api.ts. */
export function api({
  scenarios = allScenarios,
  sandboxes,
  redis,
  bcryptCost,
  recordedRun = recordOnce({ sandboxes, redis, bcryptCost }),
  workshops = createWorkshops(sandboxes, null),
  host,
  elsewhere = null,
}: ApiSettings): Router {
  const router = Router();
  // An agenda is as long as the notes of a day.
  router.use('/workshop/agenda', express.json({ limit: '256kb' }));
  router.use(express.json({ limit: '16kb' }));

  router.use('/workshop', workshopApi(workshops, sandboxes, scenarios));

  router.get('/catalogue', (_req, res) => {
    res.json({ scenarios: scenarios.map((scenario) => outline(scenario, 'jump', 'mock')) } satisfies Catalogue);
  });

  router.get('/recorded-run', async (_req, res) => {
    // The browser asks whether it has changed, because every start of the server records another one.
    res.set('cache-control', 'no-cache').json((await recordedRun()) satisfies RecordedRun);
  });

  router.get('/redis', async (_req, res) => {
    res.json({ real: await redis.status() } satisfies Stores);
  });

  if (elsewhere) addElsewhereRoutes(router, elsewhere, workshops);
  addSandboxRoutes(router, {
    ...{ scenarios, sandboxes, redis, bcryptCost, host },
    mayOpen: (req) => void requireInRoom(workshops, req),
    opened(req, sandbox) {
      const visitor = requireInRoom(workshops, req);
      if (visitor?.role === 'participant') workshops.current?.ownRuns.add(visitor.id, ownSandbox(sandboxes, sandbox));
    },
  });

  router.use((req) => {
    throw new SandboxError('unknown-route', `The API has no ${req.method} ${req.path}.`);
  });

  return router;
}
