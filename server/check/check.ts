/** Plays black-box versions of the lessons against an app that somebody else wrote. */
import { type Check, leave, type SessionCookies } from './asking.ts';
import { BudgetSpent, Hindered, messageOf, NotAllowed } from './errors.ts';
import { finishedTrace } from './finishedTrace.ts';
import { type Network, openNetwork } from './network.ts';
import { createPlay, type Play, type Stage } from './play.ts';
import { outline, preflight } from './preflight.ts';
import type { Probe } from './probes/probe.ts';
import { probes } from './probes/table.ts';
import { watchRedis } from './redisWatch.ts';
import { type Pinned, pin } from './safety/addresses.ts';
import { proofPath, requireNonce, requireProof } from './safety/ownership.ts';
import { createPace, usualBudget, usualRate } from './safety/pace.ts';
import { createSecrets, type Secrets } from './safety/secrets.ts';
import type { Target } from './target.ts';
import type { Finding, Report } from './verdicts.ts';

export interface CheckOptions {
  /** Requests a second; only on this machine. */
  rate?: number | undefined;
  /** The most requests that are sent. */
  budget?: number | undefined;
  /** Really wait for the timeouts that the recipe names. */
  wait?: boolean | undefined;
  /** The nonce of the proof that a public address is one's own. Empty: it is asked for. */
  iOwn?: string | undefined;
  signal?: AbortSignal | undefined;
  version?: string | undefined;
  /** Called before the first request. */
  started?:
    | ((plan: { origin: string; rate: number; budget: number; addresses: readonly string[] }) => void)
    | undefined;
  /** Called when a probe has ended. */
  found?: ((findings: readonly Finding[]) => void) | undefined;
  /** The app's Redis, whose keys with that prefix are watched for the traces. */
  redis?: { url: string; prefix: string } | null | undefined;
  /** Resolves a host. Tests replace it. */
  resolve?: Parameters<typeof pin>[1] | undefined;
}

/**
 * Checks an app.
 * @throws RecipeWrong, NetworkFailed when the check says nothing about the app; NotAllowed when it may not be asked
 */
export async function check(target: Target, options: CheckOptions = {}): Promise<Report> {
  const started = performance.now();
  const { signal = new AbortController().signal, budget = usualBudget, wait = false } = options;
  const pinned = await pin(target.origin, options.resolve);
  const nonce = allowed(target, pinned, options);
  const rate = rateFor(pinned, options.rate);
  const redis = options.redis ? await watchRedis(options.redis.url, options.redis.prefix) : null;
  const network = openNetwork(target.origin, pinned);
  const secrets = createSecrets();
  for (const { password } of target.people) secrets.password(password);
  const stage: Stage = {
    ...{ target, network, secrets, signal, redis, pace: createPace(rate, budget, signal) },
    userAgent: `session-sandbox-check/${options.version ?? '0.1.0'}`,
  };
  options.started?.({ origin: target.origin, rate, budget, addresses: pinned.addresses.map(({ address }) => address) });
  try {
    if (nonce !== null) await prove(stage, network, nonce);
    return {
      ...(await playAll(stage, options, wait)),
      requests: stage.pace.sent,
      budget,
      ms: performance.now() - started,
    };
  } catch (error) {
    if (error instanceof Error) error.message = secrets.redact(error.message);
    throw error;
  } finally {
    network.close();
    redis?.close();
  }
}

/** @returns the nonce whose proof is to be looked at; null when the address needs none */
function allowed({ origin }: Target, { reach }: Pinned, { iOwn }: CheckOptions): string | null {
  return reach === 'public' ? requireNonce(iOwn, origin, new URL(origin).hostname) : null;
}

function rateFor({ reach }: Pinned, asked: number | undefined): number {
  if (asked === undefined || asked === usualRate) return usualRate;
  if (reach === 'loopback') return asked;
  throw new NotAllowed(`--rate works only for an app on this machine. Elsewhere it is ${usualRate} requests a second.`);
}

async function prove(stage: Stage, network: Network, nonce: string): Promise<void> {
  const { origin } = stage.target;
  const url = new URL(proofPath(nonce), origin);
  await stage.pace.turn();
  const headers: [string, string][] = [
    ['Host', url.host],
    ['User-Agent', stage.userAgent],
  ];
  const { status, body } = await network.answer({ method: 'GET', url, headers, body: null, address: '' }, 0);
  requireProof({ status, text: body }, nonce, origin);
}

type Played = Omit<Report, 'requests' | 'budget' | 'ms'>;

async function playAll(stage: Stage, options: CheckOptions, wait: boolean): Promise<Played> {
  const { target, secrets } = stage;
  const findings: Finding[] = [];
  const plays = new Map<string, Play>();
  const played = async <Result>(
    plan: Pick<Probe, 'slug' | 'title' | 'question' | 'lesson' | 'requirements'>,
    work: (play: Play) => Promise<Result>,
  ) => {
    const play = createPlay(stage, plan);
    plays.set(plan.slug, play);
    try {
      const result = await work(play);
      await leave(stage, play.visitors);
      return result;
    } finally {
      play.end();
      findings.push(...play.findings);
      options.found?.(play.findings);
    }
  };

  const { session, wrongPassword } = await played(outline, (play) => preflight(stage, play));
  const [alice, mallory] = target.people;
  const checking: Check = { ...stage, alice, mallory, session, wrongPassword, wait };
  let stopped: string | null = null;
  for (const probe of probes) {
    try {
      await played(probe, (play) => probe.play(checking, play));
    } catch (error) {
      if (!(error instanceof Hindered || error instanceof BudgetSpent)) throw error;
      stopped = secrets.redact(messageOf(error));
      break;
    }
  }
  return {
    origin: target.origin,
    sessionCookies: [...session.names],
    findings,
    traces: () => tracesOf(plays, session, secrets),
    stopped,
  };
}

function tracesOf(plays: ReadonlyMap<string, Play>, { main }: SessionCookies, secrets: Secrets) {
  return new Map([...plays].map(([slug, { trace }]) => [slug, finishedTrace(trace, main, secrets)]));
}
