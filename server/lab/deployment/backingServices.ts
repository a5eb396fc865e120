import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Mail, Secrets } from '../../../scenarios/engine/cast.ts';
import { minutes } from '../../../scenarios/engine/durations.ts';
import { hostOf } from '../../../scenarios/engine/mailedLinks.ts';
import { createUsers, type User } from '../../app/db.ts';
import type { Bcrypt, Events, Services } from '../../app/services.ts';
import { createGate } from '../gate.ts';
import type { CurrentRequest } from '../network/currentRequest.ts';
import type { Recorder } from '../recorder.ts';
import type { Clock } from '../time/clock.ts';
import { authenticatorCode } from './authenticators.ts';
import { costOf } from './people.ts';

/** How long a typed password counts in scenarios that do not set it. Milliseconds. */
const usualRecent = minutes(5);

/** What the apps of a sandbox stand on besides Redis, played by the lab: users, secrets, mail, audit log, payments. */
export function createBackingServices(lab: {
  users: readonly User[];
  recent: number | undefined;
  clock: Clock;
  recorder: Recorder;
  currentRequest: CurrentRequest;
  bcrypt: Bcrypt;
}) {
  const { recent = usualRecent, clock, recorder, currentRequest } = lab;
  const users = createUsers(lab.users);
  const secrets = createSecrets();
  const payments = createGate();
  const mails: Mail[] = [];
  const audits: string[] = [];
  const events = createEvents();

  /** The code that the authenticator app of each user showed last, by e-mail. */
  const codesShown = new Map<string, string>();

  return {
    /** One table for all instances, as a database is. */
    users,
    secrets,
    /** The payment provider answers while this gate is open. */
    payments,
    /** Everything that was sent, oldest first. */
    mails,
    /** The names of all events, oldest first. */
    audits,
    /** Resolves when every instance has handled what was published so far. */
    eventsDelivered: events.delivered,

    /** Returns the code that the authenticator app of a user shows now. */
    authenticatorCode(email: string): string {
      const code = authenticatorCode(users, email, clock.wall());
      codesShown.set(email, code);
      return code;
    },
    /** @throws Error when the app has shown none */
    authenticatorCodeBefore(email: string): string {
      const code = codesShown.get(email);
      if (code !== undefined) return code;
      throw new Error(`The authenticator app of ${email} has shown no code yet. Ask for one with authenticatorCode().`);
    },

    /** @param app.ownUsers the app has its own table instead of the shared one, with the same users at the beginning */
    servicesFor(app: {
      redis: Redis;
      origin: string;
      secret: string[];
      frontEnds?: readonly string[] | undefined;
      limits: { idleMs: number; absoluteMs: number };
      ownUsers?: boolean | undefined;
    }): Services {
      return {
        redis: app.redis,
        users: app.ownUsers ? createUsers(lab.users) : users,
        bcrypt: lab.bcrypt,
        bcryptCost: costOf(lab.users),
        publicOrigin: app.origin,
        secret: app.secret,
        frontEnds: app.frontEnds ?? [],
        ...app.limits,
        recentPasswordMs: recent,
        now: clock.wall,
        audit({ name, userId = null }) {
          audits.push(name);
          recorder.record({ type: 'audit', request: currentRequest.get(), name, userId });
        },
        mail(mail) {
          mails.push(mail);
          const { to, subject, text } = mail;
          const leadsTo = hostOf(text);
          recorder.record({ type: 'mail', request: currentRequest.get(), to, subject, ...(leadsTo && { leadsTo }) });
        },
        events: events.bus,
        charge: async () => payments.opened(),
        // The trace shows the 500 and the failed command; the server's own console is not part of the lesson.
        log() {},
      };
    },
  };
}

export type BackingServices = ReturnType<typeof createBackingServices>;

/** The session secrets of a sandbox. `old` and `new` keep their values; `random` is a new one each time. */
function createSecrets() {
  const generate = () => randomBytes(32).toString('base64url');
  const kept = { old: generate(), new: generate() };
  return {
    of: (name: 'old' | 'new') => kept[name],
    /** For the app: the first one signs, all are accepted. */
    list: (names: Secrets) => names.map((name) => (name === 'random' ? generate() : kept[name])),
  };
}

/** Carries events between the instances of the apps, as Redis does for the app alone. */
function createEvents() {
  const listeners: Parameters<Events['subscribe']>[0][] = [];
  const pending = new Set<Promise<unknown>>();
  const bus: Events = {
    subscribe: (listener) => void listeners.push(listener),
    publish(event) {
      const handled: Promise<unknown> = Promise.allSettled(listeners.map((listener) => listener(event)));
      pending.add(handled);
      void handled.then(() => pending.delete(handled));
    },
  };
  return { bus, delivered: async () => void (await Promise.all(pending)) };
}
