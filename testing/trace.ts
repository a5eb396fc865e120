/** Traces for tests, with only what matters spelled out. */
import { sidOf } from '../scenarios/engine/identity.ts';
import {
  type JarCookie,
  type KeyChanged,
  type RecordedCookie,
  type Trace,
  type TraceEvent,
  type TraceHeader,
  traceVersion,
} from '../scenarios/engine/trace.ts';
import type { NewEvent } from '../server/lab/recorder.ts';
import { createSidFinder, type WithoutSids } from '../server/lab/sessionIds.ts';

export const header: TraceHeader = {
  sandbox: 'test',
  scenario: {
    slug: 'a-lesson',
    chapter: 'login',
    title: 'A lesson',
    question: 'Why?',
    weakness: 'none',
    actors: [
      { name: 'alice', label: 'Alice', role: 'victim' },
      { name: 'mallory', label: 'Mallory', role: 'attacker' },
    ],
    steps: ['first', 'second', 'third'].map((title) => ({ title, purpose: '', narration: '', ask: null })),
    lesson: '',
    fix: null,
    notTheFix: [],
    needsRealRedis: null,
    references: [],
    subject: ['sess:'],
    letsTimePass: false,
  },
  variant: 'protected',
  store: 'mock',
  address: 'in this process',
  namespace: 'sandbox:test:',
  pace: 'jump',
  limits: { idle: 1_800_000, absolute: 28_800_000 },
  users: [
    { id: 1, email: 'alice@shop.example' },
    { id: 2, email: 'mallory@shop.example' },
  ],
  startedAt: 0,
};

/** An event without its number and sessions. `at` and `step` have defaults. */
export type Sketch = NewEvent & { at?: number };

export type SketchOf<Type> = Extract<Sketch, { type: Type }>;

const sessions = createSidFinder(header.namespace);
sessions.learn([{ cookie: 'sid', keyPrefix: 'sess:' }]);

/** Events one millisecond apart, each in the step that started last, with the sessions they are about. */
export function traceOf(...sketches: Sketch[]): Trace {
  let step: number | null = null;
  const events = sketches.map((sketch, index) => {
    if (sketch.type === 'step-started') step = sketch.step ?? null;
    const event = sessions.withSids({ seq: index, at: index + 1, step, ...sketch } as WithoutSids<TraceEvent>);
    if (sketch.type === 'step-ended') step = null;
    return event;
  });
  return { version: traceVersion, header, events };
}

export const stepStarted = (step: number): SketchOf<'step-started'> => ({ type: 'step-started', step });
export const stepEnded = (step: number, error: string | null = null): SketchOf<'step-ended'> => ({
  type: 'step-ended',
  step,
  ms: 5,
  error,
});

const outside = { by: 'outside' } as const;

/** `name` is without the namespace. */
export function keySet(name: string, data: string, cause: KeyChanged['cause'] = outside): SketchOf<'key'> {
  return { type: 'key', key: header.namespace + name, change: 'set', value: text(data), expiresAt: 1000, cause };
}

export function keyRemoved(
  name: string,
  change: 'deleted' | 'expired',
  cause: KeyChanged['cause'] = outside,
): SketchOf<'key'> {
  return { type: 'key', key: header.namespace + name, change, value: null, expiresAt: null, cause };
}

export const text = (data: string) => ({ type: 'string', data }) as const;

export const cookie = (given: Partial<JarCookie> = {}): JarCookie => ({
  name: 'sid',
  value: 'v',
  domain: 'shop.example',
  hostOnly: true,
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'Lax',
  expiresAt: 1000,
  ...given,
});

/** The cookie as a jar is recorded: with the session it stands for. */
export const recorded = (given: Partial<JarCookie> = {}): RecordedCookie => ({
  ...cookie(given),
  sid: sidOf(cookie(given)) ?? null,
});

export const jar = (actor: string, ...cookies: JarCookie[]): SketchOf<'jar'> => ({
  type: 'jar',
  actor,
  cookies,
  cause: { by: 'manual' },
});
