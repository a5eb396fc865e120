/** What the player's tests play against: a server in this process, with scenarios of three steps and one request each. */

import { type Api, type Choice, eventsAddress, type Refused } from '../client/player/serverApi.ts';
import type { Follow, Listener } from '../client/player/stream.ts';
import type { TraceEvent, TraceHeader } from '../scenarios/engine/trace.ts';
import type { SandboxMade } from '../server/api/contract.ts';

type Told = TraceEvent extends infer Event ? (Event extends TraceEvent ? Omit<Event, 'seq' | 'at'> : never) : never;

export interface FixtureServer {
  api: Api;
  follow: Follow;
  /** What was asked for, in order: "make protected mock 2", "play 1 3", "end 1". */
  asked: string[];
  /** Everybody's streams, by address. */
  listeners: Map<string, Listener>;
  /** Refuse whatever is asked for next. */
  refuseNext(refusal: Refused): void;
  /** Answers to `play` wait until this is called. */
  hold(): () => void;
  /** Something happens in a sandbox. */
  tell(sandbox: string, told: Told): void;
  /** The whole trace again, as after a lost connection. */
  repeat(sandbox: string): void;
}

const steps = ['one', 'two', 'three'];

export function createFixtureServer(): FixtureServer {
  const traces = new Map<string, TraceEvent[]>();
  const listeners = new Map<string, Listener>();
  const asked: string[] = [];
  let refusal: Refused | null = null;
  let held: Promise<void> | null = null;

  const ask = async (what: string) => {
    asked.push(what);
    const refused = refusal;
    refusal = null;
    if (refused) throw refused;
  };
  const tell = (sandbox: string, told: Told) => {
    const events = traces.get(sandbox)!;
    const event = { seq: events.length, at: events.length * 10, ...told } as TraceEvent;
    events.push(event);
    listeners.get(eventsAddress(sandbox))?.receive([event], null);
  };
  const playOne = (sandbox: string, step: number) => {
    tell(sandbox, { type: 'step-started', step });
    tell(sandbox, { type: 'request', step, id: step + 1 } as unknown as Told);
    tell(sandbox, { type: 'step-ended', step, ms: 1, error: null });
  };
  const played = (sandbox: string) => traces.get(sandbox)!.filter(({ type }) => type === 'step-ended').length;
  const playTo = (sandbox: string, upTo: number) => {
    for (let step = played(sandbox); step < Math.min(upTo, steps.length); step++) playOne(sandbox, step);
  };

  const api: Api = {
    catalogue: async () => ({ scenarios: [] }),
    stores: async () => ({ real: {} as never }),
    makeSandbox: async (choice, upTo) => {
      await ask(`make ${choice.variant} ${choice.store} ${upTo}`);
      const id = `${traces.size + 1}`;
      traces.set(id, []);
      playTo(id, upTo);
      return { id, header: headerOf(id, choice), ports: { app: 4000 }, accounts: [] } satisfies SandboxMade;
    },
    play: async (sandbox, upTo) => {
      await ask(`play ${sandbox} ${upTo}`);
      await held;
      playTo(sandbox, upTo);
      return { played: played(sandbox) };
    },
    act: async (sandbox, action) => {
      await ask(`act ${sandbox} ${JSON.stringify(action)}`);
      const recorded = traces.get(sandbox)!.length;
      return { now: action.do === 'jump-time' ? action.ms : 0, reply: action.do === 'redis' ? 'OK' : null, recorded };
    },
    playOffer: async (sandbox) => {
      await ask(`offer ${sandbox}`);
      return {} as never;
    },
    asScenario: async (sandbox) => {
      await ask(`scenario ${sandbox}`);
      return { name: 'made.ts', text: '' };
    },
    endSandbox: async (sandbox) => {
      asked.push(`end ${sandbox}`);
    },
  };
  const follow: Follow = (address, listener) => {
    listeners.set(address, listener);
    const sandbox = [...traces.keys()].find((id) => eventsAddress(id) === address)!;
    queueMicrotask(() => listeners.get(address)?.receive([...traces.get(sandbox)!], 0));
    return () => listeners.delete(address);
  };
  return {
    api,
    follow,
    asked,
    listeners,
    refuseNext: (next) => {
      refusal = next;
    },
    hold: () => {
      let resolve = () => {};
      held = new Promise((resolved) => {
        resolve = resolved;
      });
      return () => {
        held = null;
        resolve();
      };
    },
    tell,
    repeat: (sandbox) => listeners.get(eventsAddress(sandbox))?.receive([...traces.get(sandbox)!], null),
  };
}

function headerOf(sandbox: string, { scenario, ...rest }: Choice): TraceHeader {
  const outline = { title: '', purpose: '', narration: '', ask: null };
  return {
    sandbox,
    ...rest,
    scenario: {
      slug: scenario,
      chapter: 'login',
      title: scenario,
      question: '',
      weakness: '',
      actors: [],
      steps: steps.map((title) => ({ ...outline, title })),
      lesson: '',
      fix: null,
      notTheFix: [],
      needsRealRedis: null,
      references: [],
      letsTimePass: false,
    },
    address: 'in this process',
    namespace: `sandbox:${sandbox}:`,
    limits: { idle: 1_800_000, absolute: 28_800_000 },
    startedAt: 0,
  };
}
