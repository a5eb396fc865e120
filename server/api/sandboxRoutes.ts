/** The routes about sandboxes. Each process of a server answers those about its own. */
import type { Request, Response, Router } from 'express';
import { manualAction } from '../../scenarios/engine/actions.ts';
import {
  type ActionTaken,
  type FreePlayOffer,
  limitsToPlay,
  newSandbox,
  type OpenedSandbox,
  playSteps,
  type SavedScenario,
  type StepsPlayed,
} from '../../scenarios/engine/api.ts';
import { SandboxError, unknownSandbox } from '../../scenarios/engine/errors.ts';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import type { Variant } from '../../scenarios/engine/trace.ts';
import { accounts, people } from '../lab/deployment/people.ts';
import { saveScenario } from '../lab/freePlay/savedScenario/saveScenario.ts';
import { playLimits } from '../lab/limits.ts';
import type { Sandbox } from '../lab/sandbox.ts';
import type { Sandboxes } from '../lab/sandboxes.ts';
import { atThisMachine } from '../lab/shares.ts';
import type { RedisSwitch } from '../redis/switch.ts';
import { connectionOf } from './cameThrough.ts';
import { shareOf } from './clients.ts';
import { requireRoom } from './errors.ts';
import { sendTrace, streamTrace } from './events.ts';
import { leaving } from './leaving.ts';
import { inTurn, playToTheEnd, turnToWork } from './longWork.ts';
import { ownBrowserAt } from './ownBrowser/sandboxHosts.ts';

export interface SandboxRoutesSettings {
  scenarios: readonly Scenario[];
  sandboxes: Sandboxes;
  redis: RedisSwitch;
  bcryptCost: number;
  /** The address the server listens on. */
  host: string;
  /** @throws SandboxError for a client that may not open sandboxes now */
  mayOpen(req: Request): void;
  /** Is told of each sandbox that a client opens, before its steps are played. */
  opened(req: Request, sandbox: Sandbox): void;
}

/**
 * Adds the routes /sandboxes and /limits, as scenarios/engine/api.ts defines them. They have no router of their own, because that would
 * answer OPTIONS.
 */
export function addSandboxRoutes(router: Router, settings: SandboxRoutesSettings): void {
  const { scenarios, sandboxes, redis, bcryptCost, host, mayOpen, opened } = settings;
  const { shares } = sandboxes;

  const sandboxOf = (req: Request<{ id: string }>): Sandbox => {
    const sandbox = sandboxes.find(req.params.id);
    if (!sandbox) throw unknownSandbox();
    return sandbox;
  };

  /** Lets the request wait for its turn, which ends with its response. */
  const takeTurn = async (req: Request<{ id?: string }>, res: Response): Promise<void> => {
    const { id = '' } = req.params;
    const pass = await turnToWork(shareOf(shares, req), id, leaving(res));
    res.on('close', pass);
    // A step that really waits needs no turn.
    const stop = sandboxes.find(id)?.onWait(pass);
    if (stop) res.on('close', stop);
  };

  router.post('/sandboxes', async (req, res) => {
    mayOpen(req);
    const left = leaving(res);
    const share = shareOf(shares, req);
    const { scenario: slug, playTo, ...settings } = newSandbox.parse(req.body);
    const scenario = scenarios.find((scenario) => scenario.slug === slug);
    if (!scenario) {
      const known = scenarios.map(({ slug }) => slug).join(', ');
      throw new SandboxError('unknown-scenario', `There is no scenario "${slug}". There are: ${known}.`);
    }
    requireSteps(playTo, scenario.steps.length);
    await takeTurn(req, res);
    const users = await people(bcryptCost);
    const sandbox = await sandboxes.create({ ...settings, scenario, users, redis, share });
    // Nobody else knows its ID.
    const end = () => void sandboxes.end(sandbox.id, 'The page closed it.');
    if (left.aborted) end();
    left.addEventListener('abort', end, { once: true });
    opened(req, sandbox);
    await sandbox.playTo(playTo);
    const ownBrowser = ownBrowserAt(host, connectionOf(req), sandbox.id);
    const { id, trace, ports, redisCli } = sandbox;
    const cli = share.client === atThisMachine && redisCli !== null && { redisCli };
    const recorded = trace.events.length;
    res
      .status(201)
      .json({ id, header: trace.header, recorded, ports, accounts, ownBrowser, ...cli } satisfies OpenedSandbox);
  });

  router.get('/sandboxes/:id/trace', async (req, res) => {
    const { trace } = sandboxOf(req);
    await takeTurn(req, res);
    sendTrace(trace, res);
  });

  router.get('/sandboxes/:id/events', async (req, res) => {
    const sandbox = sandboxOf(req);
    const last = lastEventOf(req, sandbox);
    // Express answers HEAD as it does GET, and this response would never end.
    if (req.method === 'HEAD') return void res.type('text/event-stream').end();
    const release = await shareOf(shares, req).hold('streams');
    // In a worker process, the page may have left meanwhile.
    if (res.closed) return release();
    res.on('close', release);
    streamTrace(sandbox, last, res, sandboxes.hold(sandbox.id));
  });

  router.post('/sandboxes/:id/steps', async (req, res) => {
    const sandbox = sandboxOf(req);
    const { upTo } = playSteps.parse(req.body);
    requireSteps(upTo, sandbox.trace.header.scenario.steps.length);
    await takeTurn(req, res);
    requireRoom(sandbox);
    await sandbox.playTo(upTo);
    if (sandbox.played < upTo) requireRoom(sandbox);
    res.json({ played: sandbox.played, recorded: sandbox.trace.events.length } satisfies StepsPlayed);
  });

  router.post('/sandboxes/:id/actions', async (req, res) => {
    const sandbox = sandboxOf(req);
    const action = manualAction.parse(req.body);
    await takeTurn(req, res);
    requireRoom(sandbox);
    const reply = await sandbox.act(action);
    res.json({ now: sandbox.now(), reply, recorded: sandbox.trace.events.length } satisfies ActionTaken);
  });

  router.get('/sandboxes/:id/play', (req, res) => {
    res.json(sandboxOf(req).offer() satisfies FreePlayOffer);
  });

  router.get('/sandboxes/:id/scenario', async (req, res) => {
    const sandbox = sandboxOf(req);
    const base = scenarios.find(({ slug }) => slug === sandbox.trace.header.scenario.slug)!;
    const users = await people(bcryptCost);
    const { store } = sandbox.trace.header;
    const share = shareOf(shares, req);
    const saved = await inTurn(share, [leaving(res), sandbox.signal], (signal) =>
      saveScenario(base, sandbox, (scenario: Scenario, variant: Variant) =>
        playToTheEnd(sandboxes, { scenario, variant, store, pace: 'jump', users, redis, share }, signal),
      ),
    );
    res.json(saved satisfies SavedScenario);
  });

  router.post('/limits', async (req, res) => {
    mayOpen(req);
    const { store, ...limits } = limitsToPlay.parse(req.body);
    const users = await people(bcryptCost);
    const share = shareOf(shares, req);
    const clicks = await inTurn(share, [leaving(res)], (signal) =>
      playLimits(limits, { store, sandboxes, users, redis, share, signal }),
    );
    res.json({ clicks });
  });

  router.delete('/sandboxes/:id', async (req, res) => {
    if (!(await sandboxes.end(req.params.id, 'The page closed it.'))) throw unknownSandbox();
    res.status(204).end();
  });
}

function requireSteps(wanted: number, steps: number): void {
  if (wanted > steps)
    throw new SandboxError('bad-request', `This scenario has ${steps} steps; there is no step ${wanted}.`);
}

/** Returns the number of the last event that the page has, as its EventSource reports after a lost connection; -1 for none. */
function lastEventOf(req: Request<{ id: string }>, { trace }: Sandbox): number {
  const given = req.get('last-event-id') ?? req.query.after ?? null;
  if (given === null) return -1;
  // Number('') is 0, so an empty header would skip the first event.
  const last = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (!(last < trace.events.length)) {
    throw new SandboxError('bad-request', 'Last-Event-ID must be the number of an event of this sandbox.');
  }
  return last;
}
