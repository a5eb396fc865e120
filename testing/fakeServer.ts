/** An in-process server for the player's tests. Its scenarios have three steps with one request each, in the session `session-1` of sandbox 1. */
import { type Api, eventsAddress } from '../client/player/serverApi.ts';
import type { Follow, Listener } from '../client/player/stream.ts';
import type { OpenedSandbox, SandboxChoice } from '../scenarios/engine/api.ts';
import type { SandboxError } from '../scenarios/engine/errors.ts';
import { type TraceEvent, type TraceHeader, traceVersion } from '../scenarios/engine/trace.ts';
import type { NewEvent } from '../server/lab/recorder.ts';
import { header } from './trace.ts';

export interface FixtureServer {
  api: Api;
  follow: Follow;
  /** The requests so far: "open protected mock 2", "play 1 3", "end 1". */
  asked: string[];
  /** The open event streams, by address. */
  listeners: Map<string, Listener>;
  /** Answers the next request with this error. */
  refuseNext(error: SandboxError): void;
  /** Holds back the answers to `play` until the returned function is called. */
  hold(): () => void;
  /** Holds back what the event streams bring until the returned function is called. Then it arrives, one event at a time. */
  holdEvents(): () => Promise<void>;
  /** Records an event in a sandbox. */
  record(sandbox: string, event: NewEvent): void;
  /** Sends the whole trace again, as after a lost connection. */
  repeat(sandbox: string): void;
}

const steps = ['one', 'two', 'three'];

export function createFixtureServer(): FixtureServer {
  const traces = new Map<string, TraceEvent[]>();
  const listeners = new Map<string, Listener>();
  const asked: string[] = [];
  let nextError: SandboxError | null = null;
  let held: Promise<void> | null = null;
  let lateEvents: (() => void)[] | null = null;

  const ask = async (what: string) => {
    asked.push(what);
    const error = nextError;
    nextError = null;
    if (error) throw error;
  };
  const record = (sandbox: string, reported: NewEvent) => {
    const events = traces.get(sandbox)!;
    const event = { seq: events.length, at: events.length * 10, ...reported } as TraceEvent;
    events.push(event);
    send(sandbox, [event], null);
  };
  const send = (sandbox: string, events: TraceEvent[], now: number | null) => {
    const address = eventsAddress(sandbox);
    if (!lateEvents) return listeners.get(address)?.receive(events, now);
    for (const event of events) lateEvents.push(() => listeners.get(address)?.receive([event], now));
  };
  const playOne = (sandbox: string, step: number) => {
    record(sandbox, { type: 'step-started', step });
    record(sandbox, {
      type: 'request',
      step,
      id: step + 1,
      cookies: [{ sid: `session-${sandbox}` }],
    } as unknown as NewEvent);
    record(sandbox, { type: 'step-ended', step, ms: 1, error: null });
  };
  const played = (sandbox: string) => traces.get(sandbox)!.filter(({ type }) => type === 'step-ended').length;
  const playTo = (sandbox: string, upTo: number) => {
    for (let step = played(sandbox); step < Math.min(upTo, steps.length); step++) playOne(sandbox, step);
  };

  const api: Api = {
    recorded: null,
    catalogue: async () => ({ scenarios: [] }),
    recordedRun: async () => ({ trace: {} as never, sentences: [] }),
    stores: async () => ({ real: {} as never }),
    openSandbox: async (choice, upTo) => {
      await ask(`open ${choice.repair ?? choice.variant} ${choice.store} ${upTo}`);
      const id = `${traces.size + 1}`;
      traces.set(id, []);
      playTo(id, upTo);
      return {
        id,
        header: headerOf(id, choice),
        recorded: traces.get(id)!.length,
        ports: { app: 4000 },
        accounts: [],
      } satisfies OpenedSandbox;
    },
    play: async (sandbox, upTo) => {
      await ask(`play ${sandbox} ${upTo}`);
      await held;
      playTo(sandbox, upTo);
      return { played: played(sandbox), recorded: traces.get(sandbox)!.length };
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
    playLimits: async () => ({ clicks: [] }),
    saveScenario: async (sandbox) => {
      await ask(`scenario ${sandbox}`);
      return { name: 'saved.ts', text: '' };
    },
    trace: async (sandbox) => {
      await ask(`trace ${sandbox}`);
      return { trace: { version: traceVersion, header, events: [...traces.get(sandbox)!] } };
    },
    endSandbox: async (sandbox) => {
      asked.push(`end ${sandbox}`);
    },
  };
  const follow: Follow = (address, listener) => {
    listeners.set(address, listener);
    const sandbox = [...traces.keys()].find((id) => eventsAddress(id) === address)!;
    queueMicrotask(() => send(sandbox, [...traces.get(sandbox)!], 0));
    return () => listeners.delete(address);
  };
  return {
    api,
    follow,
    asked,
    listeners,
    refuseNext: (next) => {
      nextError = next;
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
    holdEvents: () => {
      lateEvents = [];
      return async () => {
        const arriving = lateEvents ?? [];
        lateEvents = null;
        for (const arrive of arriving) {
          await new Promise((resolve) => setTimeout(resolve));
          arrive();
        }
      };
    },
    record,
    repeat: (sandbox) => listeners.get(eventsAddress(sandbox))?.receive([...traces.get(sandbox)!], null),
  };
}

function headerOf(sandbox: string, { scenario, ...rest }: SandboxChoice): TraceHeader {
  const outline = { title: '', purpose: '', narration: '', ask: null };
  return {
    ...header,
    ...rest,
    sandbox,
    scenario: {
      ...header.scenario,
      slug: scenario,
      title: scenario,
      actors: [],
      steps: steps.map((title) => ({ ...outline, title })),
    },
    namespace: `sandbox:${sandbox}:`,
  };
}
