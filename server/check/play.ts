/** One probe as it is played: its steps, its people and its trace, which the page can open. */
import { randomBytes } from 'node:crypto';
import type { ActorRole, Answer, StepOutline, Trace, TraceHeader } from '../../scenarios/engine/trace.ts';
import type { Cookie } from '../lab/browser/cookies/cookie.ts';
import { createRecorder } from '../lab/recorder.ts';
import { createClock } from '../lab/time/clock.ts';
import { recipeBrowser } from './browser/recipeBrowser.ts';
import { openTab, type Tab } from './browser/tab.ts';
import { evidenceOf } from './evidence.ts';
import type { Network } from './network.ts';
import type { Following, RedisWatch } from './redisWatch.ts';
import type { Pace } from './safety/pace.ts';
import type { Secrets } from './safety/secrets.ts';
import type { Browser, Person, Target } from './target.ts';
import type { Finding } from './verdicts.ts';

/** What all probes of a check share. */
export interface Stage {
  target: Target;
  network: Network;
  pace: Pace;
  secrets: Secrets;
  userAgent: string;
  signal: AbortSignal;
  /** The Redis of the app, where it is watched. */
  redis: RedisWatch | null;
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

/** A person with a browser. The recipe uses the browser, and the probe uses the tab behind it. */
export interface Visitor {
  tab: Tab;
  browser: Browser;
  person: Person;
  /** Whether the recipe has logged in with this browser. */
  used: boolean;
  /** Records the name that the app gave this visitor in its answers to these requests. */
  told(requests: readonly number[], name: string | null): void;
}

export interface Play {
  readonly trace: Trace;
  readonly findings: readonly Finding[];
  /** Everybody whose browser was opened. */
  readonly visitors: readonly Visitor[];
  /** Ends the play: what happens from now on belongs to another one. */
  end(): void;
  /** Opens a browser for a person. Each call opens another one, also for the same name. */
  visitor(person: Person, name: string, role: ActorRole): Visitor;
  /** Plays a step. What is asked and found in it belongs to it. */
  step<Result>(title: string, purpose: string, act: () => Promise<Result>): Promise<Result>;
  /** Records the question of the current step, with the answer of an app that withstands the attack, and of one that does not. */
  ask(question: string, actual: Answer, withstands: Answer, fails: Answer): void;
  /** @param shows the numbers of the requests that decide; by default the last ones of the step */
  find(found: Found, shows?: readonly number[]): void;
  /** Copies cookies into another browser, as an attacker does who has read or planted them. */
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
  const visitors: Visitor[] = [];
  let requests = 0;
  const following: Following | undefined = stage.redis?.follow(recorder, clock);
  const surroundings = {
    ...stage,
    ...{ origin: stage.target.origin, clock, recorder, nextRequest: () => requests++ },
    settled: async () => following?.settled(),
  };

  function told(requests: readonly number[], name: string | null): void {
    const at = stage.target.people.findIndex((person) => person.name === name);
    for (const request of requests) header.told!.push({ request, name: roles[at] ?? null });
  }

  return {
    trace: recorder.trace,
    findings,
    visitors,
    end: () => following?.end(),
    visitor(person, name, role) {
      const outline = { name, label: labelOf(name), role };
      if (!header.scenario.actors.some((actor) => actor.name === name)) header.scenario.actors.push(outline);
      const tab = openTab(outline, surroundings);
      const visitor = { tab, browser: recipeBrowser(tab), person, told, used: false };
      visitors.push(visitor);
      return visitor;
    },
    async step(title, purpose, act) {
      const step = steps.push({ title, purpose: '', narration: purpose.replace(/([^.])$/, '$1.'), ask: null }) - 1;
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
      const step = steps.length - 1;
      const evidence = () => evidenceOf(recorder.trace, step, stage.secrets, shows);
      findings.push(withEvidence({ lesson, requirements, ...found, trace: slug }, evidence));
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

/** Formats the requests and responses only when they are read: those of most findings that hold never are. */
function withEvidence(found: Omit<Finding, 'evidence'>, make: () => Finding['evidence']): Finding {
  let evidence: Finding['evidence'] | undefined;
  return {
    ...found,
    get evidence() {
      evidence ??= make();
      return evidence;
    },
  };
}

/** In a trace, the two accounts have the names of the lessons, not their names in the app. */
const roles = ['alice', 'mallory'];

/** "alicesPhone": "Alice’s phone". */
const labelOf = (name: string) => {
  if (name === 'visitor' || name === 'copy') return `A ${name}`;
  const words = name
    .replace(/s([A-Z])/, '’s $1')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words[0]!.toUpperCase() + words.slice(1);
};

function headerOf({ target, redis }: Stage, outline: Outline, steps: StepOutline[]): TraceHeader {
  const { slug, title, question, lesson, requirements } = outline;
  const { idle = 0, absolute = 0 } = target.limits ?? {};
  return {
    sandbox: `check-${randomBytes(4).toString('hex')}`,
    scenario: {
      ...{
        slug: `check-${slug}`,
        chapter: 'check',
        title,
        subtitle: `Check of ${target.origin}`,
        question,
      },
      ...{
        weakness: null,
        actors: [],
        steps,
        lesson: `The lesson ${lesson} explains it. In the app, Alice is ${target.people[0].name}, and Mallory is ${target.people[1].name}.`,
        fix: null,
        notTheFix: [],
      },
      ...{
        needsRealRedis: null,
        references: [...requirements],
        subject: [redis?.prefix ?? 'sess:'],
        letsTimePass: false,
      },
    },
    ...{ variant: 'protected', store: 'real', address: redis?.address ?? 'not watched', namespace: '', pace: 'real' },
    limits: { idle: idle * 1000, absolute: absolute * 1000 },
    users: roles.map((email, index) => ({ id: index + 1, email })),
    told: [],
    startedAt: Date.now(),
  };
}
