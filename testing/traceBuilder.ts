/** Builds traces for the tests of the panels, event by event, as a scenario would cause them. No server, invented ids. */
import { minutes } from '../scenarios/engine/durations.ts';
import type { ActorOutline, JarCause, JarCookie, Trace } from '../scenarios/engine/trace.ts';
import { cookie, header, type Sketch, stepEnded, stepStarted, traceOf } from './trace.ts';

export const sidA = 'wME6p74svqJmbpZ74yHoI4tO24iHn02c';
export const sidB = 'Zk3TqXv81LbYc0aRr5uNw2eHs9dGf7Pj';
export const { namespace } = header;
export const recordOf = (sid: string) => `${namespace}sess:${sid}`;
export const signed = (sid: string) => `s%3A${sid}.1w8s8JVYeKq0`;

/**
 * Returns functions that each add the events of one thing that happens, and `trace`, which returns the result.
 *
 * @param idle ms that a session record and a session cookie live
 */
export function createTraceBuilder(actors: ActorOutline[], stepTitles: string[], idle = minutes(30)) {
  const sketches: Sketch[] = [];
  const jars = new Map<string, JarCookie>();
  let now = 0;
  let step: number | null = null;
  let requests = 0;
  let commands = 0;

  const add = (event: Sketch) => {
    sketches.push({ step, at: now, ...event });
    now += 2;
  };

  const store = (actor: string, value: string, expiresAt: number | null, cause: JarCause) => {
    const stored = cookie({ value, secure: false, expiresAt });
    jars.set(actor, stored);
    add({ type: 'jar', actor, cookies: [stored], cause });
  };

  const command = (line: string[], reply: string) => {
    commands += 1;
    const [name = '', key = '', value = ''] = line;
    add({ type: 'command', id: commands, request: requests, name, args: line.slice(1), reply, error: null, ms: 0.3 });
    const event = { type: 'key', key, value: null, cause: { by: 'command', command: commands } } as const;
    if (name === 'SET') {
      add({ ...event, change: 'set', value: { type: 'string', data: value }, expiresAt: now + idle });
    }
    if (reply !== '(integer) 1') return;
    if (name === 'EXPIRE') add({ ...event, change: 'ttl', expiresAt: now + idle });
    if (name === 'DEL') add({ ...event, change: 'deleted', expiresAt: null });
  };

  return {
    add,

    /** Plays the next step. The learner presses Next two seconds after the last event; `act` adds what happens in the step. */
    step(act: () => void) {
      now += 2000;
      step = (step ?? -1) + 1;
      add(stepStarted(step));
      const started = now;
      act();
      add({ ...stepEnded(step), ms: now - started });
    },

    /** Adds what happens between two steps. */
    between(act: () => void) {
      const last = step;
      step = null;
      act();
      step = last;
    },

    request(actor: string, method: string, path: string) {
      const jar = jars.get(actor);
      const sent = jar !== undefined && (jar.expiresAt === null || jar.expiresAt > now);
      const why = sent ? 'host, path and scheme match' : 'it has expired';
      requests += 1;
      add({
        type: 'request',
        id: requests,
        actor,
        method,
        url: `https://shop.example${path}`,
        headers: sent ? [['Cookie', `${jar.name}=${jar.value}`]] : [],
        forwarded: [],
        body: null,
        note: null,
        cookies: jar ? [{ name: jar.name, value: jar.value, sent, why }] : [],
      });
    },

    get: (sid: string, found = true) => command(['GET', recordOf(sid)], found ? '"{\\"cookie\\":{}}"' : '(nil)'),
    set: (sid: string) => command(['SET', recordOf(sid), '{"cookie":{}}', 'EX', `${idle / 1000}`], 'OK'),
    refresh: (sid: string) => command(['EXPIRE', recordOf(sid), `${idle / 1000}`], '(integer) 1'),
    del: (sid: string) => command(['DEL', recordOf(sid)], '(integer) 1'),

    /** @param sid the session whose cookie is set; undefined for a response without Set-Cookie */
    respond(actor: string, status: number, statusText: string, sid?: string, by = 'app') {
      const setCookie = `sid=${signed(sid ?? '')}; Path=/; HttpOnly; SameSite=Lax`;
      add({
        type: 'response',
        request: requests,
        status,
        statusText,
        headers: sid ? [['Set-Cookie', setCookie]] : [],
        body: '',
        ms: 4,
        by,
        cookies: sid ? [{ header: setCookie, name: 'sid', outcome: 'stored', why: 'its rules allow it' }] : [],
      });
      if (sid) store(actor, signed(sid), now + idle, { by: 'response', request: requests });
    },

    plant(actor: string, victim: string) {
      const { value, expiresAt } = jars.get(actor)!;
      add({ type: 'cookie-planted', actor, victim, name: 'sid', value });
      store(victim, value, expiresAt, { by: 'planted', actor });
    },

    copy(actor: string, victim: string) {
      const { value } = jars.get(victim)!;
      add({ type: 'cookie-copied', actor, victim, name: 'sid', value });
      store(actor, value, null, { by: 'copied', actor: victim });
    },

    jump(ms: number) {
      now += ms;
      add({ type: 'time', ms, how: 'jumped' });
    },

    expire(sid: string) {
      const cause = { by: 'time' } as const;
      add({ type: 'key', key: recordOf(sid), change: 'expired', value: null, expiresAt: null, cause });
    },

    trace(): Trace {
      const steps = stepTitles.map((title) => ({ title, purpose: 'show something', narration: '', ask: null }));
      return {
        ...traceOf(...sketches),
        header: { ...header, variant: 'vulnerable', scenario: { ...header.scenario, actors, steps } },
      };
    },
  };
}
