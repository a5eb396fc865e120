import type { RequestListener } from 'node:http';
import type { Redis } from 'ioredis';
import type { Mail, RestartChange, Secrets } from '../../../scenarios/engine/cast.ts';
import { hours, minutes } from '../../../scenarios/engine/durations.ts';
import type { SessionChange } from '../../../scenarios/engine/hand.ts';
import { type Scenario, setupFor, timesFor } from '../../../scenarios/engine/scenario.ts';
import type { Pace, Variant } from '../../../scenarios/engine/trace.ts';
import { createApp } from '../../app/app.ts';
import { createUsers, type User } from '../../app/db.ts';
import type { Environment } from '../../app/limits.ts';
import { parts } from '../../app/parts.ts';
import type { Services } from '../../app/services.ts';
import { originsOf, type SessionNow } from '../freePlay/offer.ts';
import { elsewhere, type Host, type Instance, shopFront } from '../network/hosts.ts';
import { type Edge, openEdge } from '../network/reverseProxy.ts';
import { noteMounts, type Route } from '../network/routes.ts';
import { createSharedCache } from '../network/sharedCache.ts';
import { otherSites } from '../network/sites.ts';
import type { Recorder } from '../recorder.ts';
import { rememberWhoReadsSessions } from '../source/readsSessions.ts';
import type { Clock } from '../time/clock.ts';
import { createMemoryStores } from '../time/memoryStores.ts';
import { named, partsWith } from './partsWith.ts';
import { createPayments } from './payments.ts';
import { createSecrets } from './secrets.ts';
import { withSession } from './sessionOptions/changed.ts';
import { sessionCode, sessionOptionsOf } from './sessionOptions/code.ts';
import { whatIsDifferent } from './sessionOptions/words.ts';
import { listenForUnhandled } from './unhandled.ts';

export interface ShopSettings {
  scenario: Scenario;
  variant: Variant;
  pace: Pace;
  users: readonly User[];
  clock: Clock;
  recorder: Recorder;
}

/** Milliseconds; for scenarios that do not say otherwise. */
export const usualLimits = { idle: minutes(30), absolute: hours(8) };

/** The host name the shop is known under. */
const shopHost = 'shop.example';

/**
 * Everything that answers requests in a sandbox: the app's instances behind their front, further apps, other people's sites, and
 * what the app stands on besides Redis. `open` starts them, `restart` starts the app's processes anew.
 */
export function createShop({ scenario, variant, pace, users, clock, recorder }: ShopSettings) {
  const times = timesFor(scenario, pace);
  const setup = setupFor(scenario, variant);
  const memory = createMemoryStores();
  // Looked up for both variants: a weakness that does not exist is a mistake in either.
  const withWeakness = partsWith(scenario.weakness, scenario.slug);
  const laidOver = variant === 'vulnerable' ? withWeakness : parts;
  const secrets = createSecrets();
  const payments = createPayments();
  const mails: Mail[] = [];
  const audits: string[] = [];
  const accessLog: string[] = [];
  const unhandled: string[] = [];
  // One table for all instances, as a database would be.
  const shopUsers = createUsers(users);
  const edges: Edge[] = [];
  const hosts = new Map<string, Host>();
  /** Where each listens, by the name under which it answers. */
  const ports: Record<string, number> = {};
  let listeners: RequestListener[] = [];
  let signing: Secrets = ['old'];
  let session: SessionChange = {};
  let routes: () => Route[] = () => [];
  let environment: Environment = {
    SESSION_IDLE_MS: String(times.idle ?? usualLimits.idle),
    SESSION_ABSOLUTE_MS: String(times.absolute ?? usualLimits.absolute),
  };

  const currentRequest = () => edges.map((edge) => edge.currentRequest()).find((id) => id !== null) ?? null;

  const servicesWith = (redis: Redis, secret: string | string[]): Services => ({
    redis,
    users: shopUsers,
    secret,
    ...laidOver.readLimits(environment),
    recent: times.recent ?? minutes(5),
    now: clock.wall,
    audit: ({ name, userId = null }) => {
      audits.push(name);
      recorder.record({ type: 'audit', request: currentRequest(), name, userId });
    },
    mail: (mail) => {
      mails.push(mail);
      recorder.record({ type: 'mail', request: currentRequest(), to: mail.to, subject: mail.subject });
    },
    charge: payments.charge,
    // The learner sees the 500 and the failed command; the console of the server is not the place to teach.
    log: () => {},
  });
  const noteUnhandled = (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    unhandled.push(message);
    recorder.record({
      type: 'fault',
      what: `Nobody handles a rejected promise (${message}): left alone, Node ends here`,
    });
  };
  const instances = setup.instances ?? 1;
  const start = (redis: Redis) => {
    const list = secrets.list(signing);
    // First of all, because it refuses settings that cannot be read.
    const services = servicesWith(redis, list.length === 1 ? list[0]! : list);
    memory.forget();
    const changed = memory.watch(rememberWhoReadsSessions(withSession(laidOver, session)));
    const noted = noteMounts(listenForUnhandled(changed.framework, noteUnhandled));
    listeners = Array.from({ length: instances }, () =>
      createApp(services, { ...changed, framework: noted.framework }),
    );
    routes = noted.routes;
  };

  return {
    setup,
    times,
    currentRequest,
    payments,
    mails,
    audits,
    accessLog,
    users: shopUsers,
    unhandled,
    secrets,
    /** Records in the apps' memory grow older; those in Redis are not ours. */
    age: (ms: number) => memory.age(ms),
    /** Name of the app's session cookie; 'connect.sid' is express-session's own for an app that gives none. */
    sessionCookie: (redis: Redis) => laidOver.sessionOptions(servicesWith(redis, 'any')).name ?? 'connect.sid',

    async openEdges(): Promise<void> {
      const behindFront: Instance[] = [];
      for (let index = 0; index < instances; index++) {
        const edge = await openEdge(() => listeners[index]!);
        edges.push(edge);
        const name = index === 0 ? 'app' : `app ${index + 1}`;
        behindFront.push({ name, edge });
        ports[name] = edge.port;
      }
      const cache = setup.sharedCache ? createSharedCache() : null;
      hosts.set(
        shopHost,
        shopFront(
          () => behindFront,
          cache,
          (line) => accessLog.push(line),
        ),
      );
      if (!scenario.sites) return;
      const failures = new Map<string, Error>();
      const sites = otherSites(scenario.sites, (host, error) => failures.set(host, error));
      const edge = await openEdge(() => sites);
      edges.push(edge);
      for (const origin of Object.keys(scenario.sites)) {
        const { host } = new URL(origin);
        // A site with the shop's own name is somebody on the wire, who answers over http in its place; https stays the shop's.
        hosts.set(
          host === shopHost ? origin : host,
          elsewhere(edge, () => failures.get(host)),
        );
        ports[origin] = edge.port;
      }
    },

    /** Start the app's processes, and the further apps, on that connection. */
    async startApps(redis: Redis): Promise<void> {
      start(redis);
      for (const [origin, { weakness, sharesSecret = false, ownUsers = false, ...names }] of Object.entries(
        setup.apps ?? {},
      )) {
        const services = servicesWith(redis, sharesSecret ? secrets.of('old') : secrets.list(['random']));
        const app = createApp(
          ownUsers ? { ...services, users: createUsers(users) } : services,
          rememberWhoReadsSessions(named(names, partsWith(weakness, scenario.slug))),
        );
        const edge = await openEdge(() => app);
        edges.push(edge);
        const { host } = new URL(origin);
        ports[host] = edge.port;
        hosts.set(
          host,
          shopFront(
            () => [{ name: host, edge }],
            null,
            (line) => accessLog.push(line),
          ),
        );
      }
    },

    /** Where the app refuses to start, as with settings it cannot read, the processes that run go on, as in a deployment. */
    restart(redis: Redis, change: RestartChange = {}): void {
      if (change.secrets) signing = change.secrets;
      const before = { environment, session };
      environment = { ...environment, ...change.environment };
      session = { ...session, ...change.session };
      try {
        start(redis);
      } catch (error) {
        ({ environment, session } = before);
        recorder.record({ type: 'fault', what: `The new processes do not start. ${(error as Error).message}` });
        return;
      }
      recorder.record({ type: 'restart', change: whatIsDifferent(change) });
    },

    /** What can be asked of the app, and from where. */
    addresses: () => ({ routes: routes(), hosts: originsOf(scenario, setup) }),

    /** The session options of the running app, and as the scenario has them. */
    sessionNow(redis: Redis): SessionNow {
      const services = servicesWith(redis, 'masked');
      const now = withSession(laidOver, session);
      return {
        options: sessionOptionsOf(now, services),
        optionsBefore: sessionOptionsOf(laidOver, services),
        code: sessionCode(now, services),
        codeBefore: sessionCode(laidOver, services),
      };
    },

    hostOf(url: URL): Host {
      const host = hosts.get(url.origin) ?? hosts.get(url.host);
      if (host) return host;
      throw new Error(`There is no host "${url.host}" in this scenario; it has ${[...hosts.keys()].join(', ')}.`);
    },

    /** On 127.0.0.1, by who answers there, as the trace names them: "app", "app 2", the host of a further app, the origin of a site. */
    ports: ports as Readonly<Record<string, number>>,

    get port(): number {
      return edges[0]!.port;
    },

    async close(): Promise<void> {
      payments.release();
      await Promise.all(edges.map((edge) => edge.close()));
    },
  };
}

export type Shop = ReturnType<typeof createShop>;
