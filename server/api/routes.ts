import express, { type Request, Router } from 'express';
import pLimit from 'p-limit';
import type { z } from 'zod';
import type { HandAction } from '../../scenarios/engine/hand.ts';
import { outline, type Scenario } from '../../scenarios/engine/scenario.ts';
import type { Variant } from '../../scenarios/engine/trace.ts';
import { scenarios as allScenarios } from '../../scenarios/index.ts';
import { accounts, people } from '../lab/deployment/people.ts';
import { RefusedByHand } from '../lab/freePlay/refusedByHand.ts';
import { makeScenario } from '../lab/freePlay/savedScenario/makeScenario.ts';
import { NoAnswer } from '../lab/network/loopback.ts';
import type { Sandbox } from '../lab/sandbox.ts';
import type { Sandboxes } from '../lab/sandboxes.ts';
import type { RedisSwitch } from '../redis/switch.ts';
import type { Acted, Catalogue, MadeScenario, Played, PlayOffer, SandboxMade, Stores } from './contract.ts';
import { streamTrace } from './events.ts';
import { ownBrowserAt } from './ownBrowser/sandboxHosts.ts';
import { Refused, requireRoom, unknownSandbox } from './refusals.ts';
import { handAction, newSandbox, playSteps } from './requests.ts';

export interface ApiSettings {
  /** Which ones are offered; by default all there are. */
  scenarios?: readonly Scenario[];
  sandboxes: Sandboxes;
  redis: RedisSwitch;
  bcryptCost: number;
  /** The address the server listens on. */
  host: string;
}

/** To make a scenario is to play it twice: so much work that it is not done for many at once. */
const oneAfterTheOther = pLimit(1);

/** Everything the page can ask of the server. `contract.ts` says it in types. */
export function api({ scenarios = allScenarios, sandboxes, redis, bcryptCost, host }: ApiSettings): Router {
  const router = Router();
  router.use(express.json({ limit: '16kb' }));

  const sandboxOf = (req: Request<{ id: string }>): Sandbox => {
    const sandbox = sandboxes.find(req.params.id);
    if (!sandbox) throw unknownSandbox();
    return sandbox;
  };

  router.get('/catalogue', (_req, res) => {
    res.json({ scenarios: scenarios.map((scenario) => outline(scenario, 'jump', 'mock')) } satisfies Catalogue);
  });

  router.get('/redis', async (_req, res) => {
    res.json({ real: await redis.status() } satisfies Stores);
  });

  router.post('/sandboxes', async (req, res) => {
    const { scenario: slug, playTo, ...settings } = newSandbox.parse(req.body);
    const scenario = scenarios.find((scenario) => scenario.slug === slug);
    if (!scenario) {
      const known = scenarios.map(({ slug }) => slug).join(', ');
      throw new Refused(404, 'unknown-scenario', `There is no scenario "${slug}". There are: ${known}.`);
    }
    requireSteps(playTo, scenario.steps.length);
    const users = await people(bcryptCost);
    const sandbox = await sandboxes.make({ ...settings, scenario, users, redis });
    await sandbox.playTo(playTo);
    const ownBrowser = ownBrowserAt(host, req.socket.localPort, sandbox.id);
    const { id, trace, ports } = sandbox;
    res.status(201).json({ id, header: trace.header, ports, accounts, ownBrowser } satisfies SandboxMade);
  });

  router.get('/sandboxes/:id/events', (req, res) => {
    const sandbox = sandboxOf(req);
    const last = lastEventOf(req, sandbox);
    // Express answers HEAD as it does GET, and this one would never end.
    if (req.method === 'HEAD') return void res.type('text/event-stream').end();
    streamTrace(sandbox, last, res, sandboxes.hold(sandbox.id));
  });

  router.post('/sandboxes/:id/steps', async (req, res) => {
    const sandbox = sandboxOf(req);
    const { upTo } = playSteps.parse(req.body);
    requireSteps(upTo, sandbox.trace.header.scenario.steps.length);
    requireRoom(sandbox);
    await sandbox.playTo(upTo);
    res.json({ played: sandbox.played } satisfies Played);
  });

  router.post('/sandboxes/:id/hand', async (req, res) => {
    const sandbox = sandboxOf(req);
    const action = asked(handAction.parse(req.body));
    requireRoom(sandbox);
    const reply = await redisMustAnswer(sandbox, sandbox.act(action));
    res.json({ now: sandbox.now(), reply, recorded: sandbox.trace.events.length } satisfies Acted);
  });

  router.get('/sandboxes/:id/play', (req, res) => {
    res.json(sandboxOf(req).offer() satisfies PlayOffer);
  });

  router.get('/sandboxes/:id/scenario', async (req, res) => {
    const sandbox = sandboxOf(req);
    const base = scenarios.find(({ slug }) => slug === sandbox.trace.header.scenario.slug);
    if (!base) throw unknownSandbox();
    const users = await people(bcryptCost);
    const open = (scenario: Scenario, variant: Variant) =>
      sandboxes.make({ scenario, variant, store: sandbox.trace.header.store, pace: 'jump', users, redis });
    const close = ({ id }: Sandbox) => sandboxes.end(id, 'It was played to its end.');
    const made = await oneAfterTheOther(() => makeScenario(base, sandbox, users, { open, close }));
    res.json(made satisfies MadeScenario);
  });

  router.delete('/sandboxes/:id', async (req, res) => {
    if (!(await sandboxes.end(req.params.id, 'The page let go of it.'))) throw unknownSandbox();
    res.status(204).end();
  });

  router.use((req) => {
    throw new Refused(404, 'unknown-route', `The API has no ${req.method} ${req.path}.`);
  });

  return router;
}

function requireSteps(wanted: number, steps: number): void {
  if (wanted > steps)
    throw new Refused(400, 'bad-request', `This scenario has ${steps} steps; there is no step ${wanted}.`);
}

/** The number of the last event the page has, as its EventSource says it after a lost connection; -1 when it has none. */
function lastEventOf(req: Request<{ id: string }>, { trace }: Sandbox): number {
  const said = req.get('last-event-id') ?? req.query.after ?? null;
  if (said === null) return -1;
  // Not by Number() alone: to it '' is 0, and the first event would be lost.
  const last = typeof said === 'string' && /^\d+$/.test(said) ? Number(said) : Number.NaN;
  if (!(last < trace.events.length)) {
    throw new Refused(400, 'bad-request', 'Last-Event-ID must be the number of an event of this sandbox.');
  }
  return last;
}

/** What was left out of a change is not there, rather than there as undefined. */
const asked = (action: z.infer<typeof handAction>) => JSON.parse(JSON.stringify(action)) as HandAction;

/** What fails in a hand's work on a sandbox, besides what it was refused for, is the answer to a request, or Redis. */
async function redisMustAnswer<Result>(sandbox: Sandbox, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof RefusedByHand) throw error;
    if (sandbox.trace.events.at(-1)?.type === 'ended') throw unknownSandbox();
    const why = error instanceof Error ? error.message : String(error);
    if (error instanceof NoAnswer) throw new Refused(504, 'no-answer', why);
    // A frozen Redis has the command already, and carries it out when it goes on.
    throw new Refused(503, 'redis-lost', `Redis does not answer (${why}); whether it did this shows when it is back.`);
  }
}
