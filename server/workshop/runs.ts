/** The driver's runs that the room follows. Two hundred read one trace: each of its events is written as text once. */
import { randomBytes } from 'node:crypto';
import { unknownSandbox } from '../../scenarios/engine/errors.ts';
import type { TraceEvent, TraceHeader } from '../../scenarios/engine/trace.ts';
import type { Sandbox } from '../lab/sandbox.ts';
import type { Sandboxes } from '../lab/sandboxes.ts';

export interface Run {
  /** Its name in the room. The ID of its sandbox is the right to act in it, so the room does not learn it. */
  readonly name: string;
  readonly header: TraceHeader;
  /** How many events there are to send. The end of the sandbox is none of them: the driver shows another run then, or none. */
  readonly length: number;
  /** How many steps have started. */
  readonly started: number;
  /** Sandbox milliseconds. */
  now(): number;
  /** Returns the messages of the events from one number to before another, each as JSON. */
  texts(from: number, to: number): readonly string[];
}

interface Kept extends Run {
  sandbox: Sandbox;
  release(): void;
}

export type Runs = ReturnType<typeof createRuns>;

/** @param heard called with every event of a run that is shown */
export function createRuns(sandboxes: Sandboxes, heard: (event: TraceEvent) => void) {
  let shown: Kept[] = [];

  function keep(id: string): Kept {
    const sandbox = sandboxes.find(id);
    if (!sandbox) throw unknownSandbox();
    const name = randomBytes(6).toString('hex');
    const renamed = <Part>(part: Part): string => JSON.stringify(part).replaceAll(id, name);
    const texts: string[] = [];
    const { header, events } = sandbox.trace;
    const letGo = sandboxes.hold(id);
    const unsubscribe = sandbox.subscribe((event) => heard(event));
    return {
      ...{ name, sandbox, now: sandbox.now, header: JSON.parse(renamed(header)) as TraceHeader },
      get length() {
        return events.at(-1)?.type === 'ended' ? events.length - 1 : events.length;
      },
      get started() {
        return events.filter(({ type }) => type === 'step-started').length;
      },
      texts(from, to) {
        for (let seq = texts.length; seq < to; seq++) texts.push(renamed({ run: name, event: events[seq] }));
        return texts.slice(from, to);
      },
      release() {
        unsubscribe();
        letGo();
      },
    };
  }

  return {
    get shown(): readonly Run[] {
      return shown;
    },
    /** The scenario that is shown; null when none is. */
    get scenario() {
      return shown[0]?.header.scenario ?? null;
    },
    /**
     * Shows the runs of these sandboxes, and lets go of all others.
     * @throws SandboxError `unknown-sandbox`, and then the same runs are shown as before
     */
    show(ids: readonly string[]): readonly Sandbox[] {
      const after: Kept[] = [];
      try {
        for (const id of ids) after.push(shown.find(({ sandbox }) => sandbox.id === id) ?? keep(id));
      } catch (error) {
        for (const run of after) if (!shown.includes(run)) run.release();
        throw error;
      }
      for (const run of shown) if (!after.includes(run)) run.release();
      shown = after;
      return shown.map(({ sandbox }) => sandbox);
    },
    close(): void {
      for (const run of shown) run.release();
      shown = [];
    },
  };
}
