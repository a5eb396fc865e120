/** One probe as it is played: its steps, its people and its trace, which the page can open. */
import { randomBytes } from 'node:crypto';
import type { ActorRole, Answer, StepOutline, Trace, TraceHeader } from '../../scenarios/engine/trace.ts';
import type { Cookie } from '../lab/browser/cookies/cookie.ts';
import { createRecorder } from '../lab/recorder.ts';
import { type Clock, createClock } from '../lab/time/clock.ts';
import { recipeBrowser } from './browser/recipeBrowser.ts';
import { openTab, type Tab } from './browser/tab.ts';
import { evidenceOf } from './evidence.ts';
import type { Network } from './network.ts';
import type { Pace } from './safety/pace.ts';
import type { Secrets } from './safety/secrets.ts';
import type { Browser, Person, Target } from './target.ts';
import type { Finding, Verdict } from './verdicts.ts';

/** What all probes of a check share. */
export interface Stage {
  target: Target;
  network: Network;
  pace: Pace;
  secrets: Secrets;
  userAgent: string;
  signal: AbortSignal;
}

/** What a probe is about. */
export interface Outline {
  slug: string;
  title: string;
  question: string;
  /** The slug of the scenario that explains it. */
  lesson: string;
  requirements: readonly string[];
}

/** Somebody with a browser, for a recipe and for what only a probe does. */
export interface Visitor {
  tab: Tab;
  browser: Browser;
  person: Person;
}

export interface Play {
  readonly trace: Trace;
  readonly findings: readonly Finding[];
  readonly clock: Clock;
  /** Opens the browser of somebody. Of one name, each call opens another browser. */
  visitor(person: Person, name: string, role: ActorRole): Visitor;
  /** Plays a step. What is asked and found in it belongs to it. */
  step<Result>(title: string, purpose: string, act: () => Promise<Result>): Promise<Result>;
  /** Records the question of the current step, with the answer of an app that withstands, and of one that does not. */
  ask(question: string, actual: Answer, withstands: Answer, fails: Answer): void;
  /** @param shows the numbers of the requests that decide; by default the last ones of the step */
  find(found: Found, shows?: readonly number[]): void;
  /** Copies cookies into another browser, as somebody does who has read or planted them. */
  give(cookies: readonly Cookie[], from: Visitor, to: Visitor, how: 'copied' | 'planted'): void;
}

export type Found = Pick<Finding, 'id' | 'title' | 'verdict' | 'says'> &
  Partial<Pick<Finding, 'requirements' | 'lesson'>>;

export function createPlay(stage: Stage, { slug, title, question, lesson, requirements }: Outline): Play {
  const clock = createClock();
  const steps: StepOutline[] = [];
  const header = headerOf(stage, { slug, title, question, lesson, requirements }, steps);
  const recorder = createRecorder(header, clock);
  const findings: Finding[] = [];
  let requests = 0;
  const surroundings = { ...stage, origin: stage.target.origin, clock, recorder, nextRequest: () => requests++ };

  return {
    trace: recorder.trace,
    findings,
    clock,
    visitor(person, name, role) {
      const outline = { name, label: labelOf(name), role };
      if (!header.scenario.actors.some((actor) => actor.name === name)) header.scenario.actors.push(outline);
      const tab = openTab(outline, surroundings);
      return { tab, browser: recipeBrowser(tab), person };
    },
    async step(title, purpose, act) {
      const step = steps.push({ title, purpose, narration: purpose, ask: null }) - 1;
      recorder.record({ type: 'step-started', step });
      recorder.inStep(step);
      const started = performance.now();
      const end = (error: string | null) =>
        recorder.record({ type: 'step-ended', step, ms: performance.now() - started, error });
      try {
        const result = await act();
        end(null);
        return result;
      } catch (error) {
        end(error instanceof Error ? error.message : String(error));
        throw error;
      } finally {
        recorder.inStep(null);
      }
    },
    ask(question, actual, withstands, fails) {
      const step = steps.length - 1;
      steps[step] = { ...steps[step]!, ask: { question, vulnerable: fails, protected: withstands } };
      recorder.record({ type: 'ask', step, expected: withstands, actual, holds: actual === withstands });
    },
    find(found, shows) {
      const evidence = evidenceOf(recorder.trace, steps.length - 1, stage.secrets, shows);
      findings.push({ lesson, requirements, ...found, evidence, trace: slug });
    },
    give(cookies, from, to, how) {
      for (const { name, value } of cookies) {
        const moved = { name, value };
        if (how === 'planted')
          recorder.record({ type: 'cookie-planted', actor: from.tab.name, victim: to.tab.name, ...moved });
        else recorder.record({ type: 'cookie-copied', actor: to.tab.name, victim: from.tab.name, ...moved });
      }
      for (const cookie of cookies) to.tab.put(how === 'copied' ? { ...cookie, expiresAt: null } : cookie);
      to.tab.recordJar({ by: how, actor: from.tab.name });
    },
  };
}

/** "alicesPhone": "Alice’s phone". */
const labelOf = (name: string) => {
  const words = name
    .replace(/s([A-Z])/, '’s $1')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words[0]!.toUpperCase() + words.slice(1);
};

function headerOf({ target }: Stage, outline: Outline, steps: StepOutline[]): TraceHeader {
  const { slug, title, question, lesson, requirements } = outline;
  const { idle = 0, absolute = 0 } = target.limits ?? {};
  return {
    sandbox: `check-${randomBytes(4).toString('hex')}`,
    scenario: {
      ...{ slug: `check-${slug}`, chapter: 'check', title, subtitle: `Check of ${target.origin}`, question },
      ...{ weakness: null, actors: [], steps, lesson: `The lesson ${lesson} explains it.`, fix: null, notTheFix: [] },
      ...{ needsRealRedis: null, references: [...requirements], subject: ['sess:'], letsTimePass: false },
    },
    ...{ variant: 'protected', store: 'real', address: 'not watched', namespace: '', pace: 'real' },
    limits: { idle: idle * 1000, absolute: absolute * 1000 },
    users: target.people.map(({ name }, index) => ({ id: index + 1, email: name })),
    startedAt: Date.now(),
  };
}

export type Verdicts = Record<string, Verdict>;
