/** The participants' own sandboxes: where each participant is, and the end of all of them. */
import type { DriverView } from '../../scenarios/engine/workshop.ts';
import type { Sandbox } from '../lab/sandbox.ts';
import type { Sandboxes } from '../lab/sandboxes.ts';

/** How far somebody is in a run of their own. */
export type Place = NonNullable<DriverView['participants'][number]['own']>;

/** A sandbox of a participant. It may be in another process. */
export interface OwnSandbox {
  /** null: not known yet */
  place(): Place | null;
  /** Aborts when the sandbox ends. */
  readonly signal: AbortSignal;
  /** Resolves when it has ended. */
  end(why: string): Promise<unknown>;
}

export type OwnRuns = ReturnType<typeof createOwnRuns>;

export function createOwnRuns() {
  /** By participant, the last one that they opened at the end. */
  const opened = new Map<string, Set<OwnSandbox>>();

  return {
    add(participant: string, sandbox: OwnSandbox): void {
      const own = opened.get(participant) ?? new Set();
      opened.set(participant, own.add(sandbox));
      sandbox.signal.addEventListener('abort', () => {
        own.delete(sandbox);
        if (own.size === 0) opened.delete(participant);
      });
    },
    /** Where a participant is: in the run that they opened last. null: they have none. */
    of: (participant: string): Place | null => [...(opened.get(participant) ?? [])].at(-1)?.place() ?? null,
    /** Ends them, and returns how many there were. */
    async endAll(why: string): Promise<number> {
      const all = [...opened.values()].flatMap((own) => [...own]);
      await Promise.all(all.map((sandbox) => sandbox.end(why)));
      return all.length;
    },
  };
}

/** A sandbox of this process. */
export const ownSandbox = (sandboxes: Sandboxes, sandbox: Sandbox): OwnSandbox => ({
  place: () => placeIn(sandbox),
  signal: sandbox.signal,
  end: (why) => sandboxes.end(sandbox.id, why),
});

export function placeIn({ trace: { header, events }, played, now }: Sandbox): Place {
  const last = events.findLast(({ type }) => type === 'step-ended' || type === 'manual-action');
  return {
    scenario: header.scenario.slug,
    variant: header.variant,
    played,
    steps: header.scenario.steps.length,
    idle: Math.max(0, now() - (last?.at ?? 0)),
  };
}
