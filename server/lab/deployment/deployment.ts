import type { RequestListener } from 'node:http';
import type { Redis } from 'ioredis';
import { createApp, defaultParts } from '../../app/app.ts';
import type { User } from '../../app/db.ts';
import type { Bcrypt } from '../../app/services.ts';
import type { CurrentRequest } from '../network/currentRequest.ts';
import {
  appHost,
  appOrigin,
  type Host,
  type Instance,
  otherSite,
  reverseProxy,
  siteListener,
} from '../network/hosts.ts';
import { type LoopbackServer, openLoopbackServer } from '../network/loopback.ts';
import { createSharedCache } from '../network/sharedCache.ts';
import type { Recorder } from '../recorder.ts';
import type { SessionNames } from '../sessionIds.ts';
import { attributeSessionReads } from '../source/sessionWork.ts';
import type { Clock } from '../time/clock.ts';
import { withSecondFactor } from './authenticators.ts';
import { createBackingServices } from './backingServices.ts';
import { startInstances } from './instances.ts';
import { type DeploymentPlan, processNames } from './plan.ts';

/**
 * Starts everything in a sandbox that answers requests: the instances of the app behind their reverse proxy, other people's
 * sites, and further apps.
 * @param lab.redis the connection of the apps
 */
export async function startDeployment(
  { scenario: { sites = {} }, ...plan }: DeploymentPlan,
  lab: {
    redis: Redis;
    users: readonly User[];
    clock: Clock;
    recorder: Recorder;
    currentRequest: CurrentRequest;
    bcrypt: Bcrypt;
  },
) {
  const { redis, currentRequest } = lab;
  const users = withSecondFactor(lab.users, plan.setup.secondFactor ?? []);
  const backing = createBackingServices({ ...lab, users, recent: plan.times.recent });
  const servers: LoopbackServer[] = [];
  const ofApp: LoopbackServer[] = [];
  const instances = startInstances(plan, {
    ...lab,
    backing,
    ended() {
      for (const server of ofApp) server.breakStreams();
    },
  });

  /** Who answers for a host over either scheme, unless a site answers for exactly that origin. */
  const hosts = new Map<string, Host>();
  const siteOrigins = new Map<string, Host>();
  const ports: Record<string, number> = {};
  const accessLog: string[] = [];
  const log = (line: string) => void accessLog.push(line);

  await openApp();
  await openSites('http:');
  await openSites('https:');
  for (const app of plan.furtherApps) await openFurtherApp(app);

  async function listen(listener: () => RequestListener, names: readonly string[]): Promise<LoopbackServer> {
    const server = await openLoopbackServer(listener, currentRequest, names);
    servers.push(server);
    return server;
  }

  async function openApp(): Promise<void> {
    const behindProxy: Instance[] = [];
    for (const [index, name] of processNames(plan.setup).entries()) {
      const server = await listen(() => instances.running.listeners[index]!, [appHost]);
      ofApp.push(server);
      behindProxy.push({ name, server });
      ports[name] = server.port;
    }
    const cache = plan.setup.sharedCache ? createSharedCache(lab.clock.wall) : null;
    hosts.set(appHost, reverseProxy(behindProxy, cache, log, plan.setup.hiddenHeaders));
  }

  /** All sites of a scheme share one server. */
  async function openSites(scheme: 'http:' | 'https:'): Promise<void> {
    const origins = Object.keys(sites).filter((origin) => new URL(origin).protocol === scheme);
    if (origins.length === 0) return;
    const failures = new Map<string, Error>();
    const handlers = Object.fromEntries(origins.map((origin) => [origin, sites[origin]!]));
    const listener = siteListener(handlers, (host, error) => failures.set(host, error));
    const server = await listen(
      () => listener,
      origins.map((origin) => new URL(origin).host),
    );
    const site = otherSite(server, (host) => failures.get(host));
    for (const origin of origins) {
      const { host } = new URL(origin);
      // A site with an app's host name is an attacker on the network, who answers http in its place; https stays the app's.
      siteOrigins.set(origin, site);
      if (!hosts.has(host)) hosts.set(host, site);
      ports[origin] = server.port;
    }
  }

  async function openFurtherApp(app: DeploymentPlan['furtherApps'][number]): Promise<void> {
    const { origin, parts, sharesSecret, ownUsers, frontEnds } = app;
    const { idleMs, absoluteMs } = instances.running.services;
    const secret = backing.secrets.list([sharesSecret ? 'old' : 'random']);
    const services = backing.servicesFor({
      redis,
      origin,
      secret,
      frontEnds,
      limits: { idleMs, absoluteMs },
      ownUsers,
    });
    const listener = createApp(services, attributeSessionReads(parts));
    const { host } = new URL(origin);
    const server = await listen(() => listener, [host]);
    hosts.set(host, reverseProxy([{ name: host, server }], null, log));
    ports[host] = server.port;
  }

  /** How each app names its sessions. Records in the usual store keep their names when free play changes the store. */
  const sessionNames = [plan.parts, defaultParts, ...plan.furtherApps.map(({ parts }) => parts)].map(
    ({ sessionOptions, createSessionStore }): SessionNames => ({
      // The default of express-session.
      cookie: sessionOptions(instances.running.services).name ?? 'connect.sid',
      keyPrefix: (createSessionStore(instances.running.services) as { prefix?: string }).prefix,
    }),
  );

  return {
    instances,
    backing,
    /** Milliseconds by name, as the scenario declares them. */
    times: plan.times,
    /** Lines that the reverse proxies wrote, oldest first. */
    accessLog: accessLog as readonly string[],

    /** Where a request can be sent: the app over https and over http, other people's sites, further apps. */
    origins: [
      ...new Set([
        appOrigin,
        `http://${appHost}`,
        ...Object.keys(sites),
        ...plan.furtherApps.map(({ origin }) => origin),
      ]),
    ],

    /** Ports on 127.0.0.1 by who answers there, named as in the trace: "app", "app 2", the host of a further app, the origin of a site. */
    ports: ports as Readonly<Record<string, number>>,

    sessionNames,

    /** Name of the app's session cookie. */
    sessionCookie: sessionNames[0]!.cookie,

    /** @throws Error for a host that the scenario does not have */
    hostOf(url: URL): Host {
      const host = siteOrigins.get(url.origin) ?? hosts.get(url.host);
      if (host) return host;
      throw new Error(`There is no host "${url.host}" in this scenario; it has ${[...hosts.keys()].join(', ')}.`);
    },

    /** Stops listening. Payments that are held are released first, because requests wait for them. */
    async close(): Promise<void> {
      backing.payments.open();
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

export type Deployment = Awaited<ReturnType<typeof startDeployment>>;
