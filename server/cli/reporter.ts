import type { Scenario } from '../../scenarios/engine/scenario.ts';
import type { Pace, StoreKind, Trace, Variant } from '../../scenarios/engine/trace.ts';

/** What is about to be played. */
export interface Plan {
  scenarios: readonly Scenario[];
  variants: readonly Variant[];
  store: StoreKind;
  /** Where the records live, for people; holds no password. */
  address: string;
  pace: Pace;
  /** How slow the password hashes are: 2^cost rounds. */
  bcryptCost: number;
}

/** One scenario played against one variant. */
export interface Run {
  variant: Variant;
  /** Session ids in it are shortened. */
  trace: Trace;
  /** Real milliseconds, from making the sandbox to the end of the last step. */
  ms: number;
}

export interface Outcome {
  store: StoreKind;
  /** Every scenario was played and every ask holds. */
  holds: boolean;
  /** Real milliseconds of it all. */
  ms: number;
  /** Why not everything was played, as a sentence; null when it was. */
  stopped: string | null;
}

/** Tells somebody what happened, while it happens. One file per implementation. */
export interface Reporter {
  started(plan: Plan): void;
  /** Called in reading order, with the runs of one scenario in the order of the plan's variants. */
  played(scenario: Scenario, runs: readonly Run[]): void;
  /** Called in its turn for a scenario that cannot be played on this store, with the reason as a sentence. */
  skipped(scenario: Scenario, reason: string): void;
  /** Called last, once, whatever happened; without `started` when it did not come to that. */
  finished(outcome: Outcome): void;
}

/** Where a report goes. */
export interface Output {
  write(text: string): void;
  /** Characters that fit into a line. */
  columns: number;
  /** The text in that colour, or as it is where there are no colours. */
  paint: Paint;
}

export type Colour = 'bold' | 'dim' | 'green' | 'red';
export type Paint = (colour: Colour, text: string) => string;
