/** The participants' own sandboxes: where each participant is, and the end of all of them. */
import type { DriverView } from '../../scenarios/engine/workshop.ts';
import type { Sandbox } from '../lab/sandbox.ts';
import type { Sandboxes } from '../lab/sandboxes.ts';

type OwnRun = DriverView['participants'][number]['own'];

export type OwnRuns = ReturnType<typeof createOwnRuns>;

export function createOwnRuns(sandboxes: Sandboxes) {
  /** By participant, the last one that they opened at the end. */
  const opened = new Map<string, Set<Sandbox>>();

  return {
    add(participant: string, sandbox: Sandbox): void {
      const own = opened.get(participant) ?? new Set();
      opened.set(participant, own.add(sandbox));
      sandbox.signal.addEventListener('abort', () => {
        own.delete(sandbox);
        if (own.size === 0) opened.delete(participant);
      });
    },
    /** Where a participant is: in the run that they opened last. null: they have none. */
    of(participant: string): OwnRun {
      const sandbox = [...(opened.get(participant) ?? [])].at(-1);
      return sandbox ? placeIn(sandbox) : null;
    },
    /** Ends them, and returns how many there were. */
    async endAll(why: string): Promise<number> {
      const all = [...opened.values()].flatMap((own) => [...own]);
      await Promise.all(all.map(({ id }) => sandboxes.end(id, why)));
      return all.length;
    },
  };
}

function placeIn({ trace: { header, events }, played, now }: Sandbox): OwnRun {
  const last = events.findLast(({ type }) => type === 'step-ended' || type === 'manual-action');
  return {
    scenario: header.scenario.slug,
    variant: header.variant,
    played,
    steps: header.scenario.steps.length,
    idle: Math.max(0, now() - (last?.at ?? 0)),
  };
}
