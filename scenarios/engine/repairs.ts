/** Repairs of a weakness among which a learner chooses: the fix, and files that look like it. Pure. */
import { SandboxError } from './errors.ts';
import type { Answer, RepairOutline, TraceHeader, Variant } from './trace.ts';

/** What a learner reads about a repair. */
interface RepairText {
  /** What it does, in a few words: "Empty the session, keep its ID". */
  title: string;
  /** Why it looks right, in one sentence that does not say whether it is. */
  idea: string;
  /** Shown after it was tried: why it holds, or why it does not. */
  because: string;
}

/** A plausible repair that is not the fix. It leaves the weakness, or it makes something else go wrong. */
export interface Decoy extends RepairText {
  /** The file in server/weaknesses, without its extension. It takes the place of the weakness. */
  file: string;
  /**
   * What shows it best: at this step, counted from 1, the ask gets this answer instead of the fix's. Or somebody who is no
   * attacker gets this status where the fix answers the request.
   */
  fails: { step: number; answer: Answer } | { step: number; status: number };
}

export interface Repairs {
  /** The app as it is. Texts may contain times of the scenario: `{idle}` becomes "30 minutes". */
  fix: RepairText;
  decoys: [Decoy, Decoy];
}

/** Returns the repairs as plain data, in an order that is always the same for a scenario and does not give the fix away. */
export function outlineRepairs(
  slug: string,
  { fix, decoys }: Repairs,
  fill: (text: string) => string,
): RepairOutline[] {
  const textOf = ({ title, idea, because }: RepairText): RepairText => ({
    title: fill(title),
    idea: fill(idea),
    because: fill(because),
  });
  const all = [
    { file: null, step: null, ...textOf(fix) },
    ...decoys.map((decoy) => ({ file: decoy.file, step: decoy.fails.step - 1, ...textOf(decoy) })),
  ];
  return all.toSorted((one, other) => rank(slug + one.title) - rank(slug + other.title));
}

/** A number that depends on every letter, and on nothing else: the hash FNV-1a. */
function rank(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193) >>> 0;
  return hash;
}

/** @throws SandboxError when a sandbox cannot be played with this repair */
export function requireRepair(
  { slug, repairs }: { slug: string; repairs?: Repairs },
  { variant, repair }: { variant: Variant; repair?: string | undefined },
): void {
  if (repair === undefined) return;
  const known = repairs?.decoys.map(({ file }) => file) ?? [];
  if (!known.includes(repair)) {
    const offer = known.length === 0 ? 'It has none' : `It has ${known.join(', ')}`;
    throw new SandboxError('bad-request', `Scenario "${slug}" has no repair "${repair}". ${offer}.`);
  }
  if (variant !== 'protected') {
    throw new SandboxError('bad-request', 'A repair takes the place of the fix: play it with the variant protected.');
  }
}

type Ran = Pick<TraceHeader, 'variant' | 'repair' | 'scenario'>;

/** Returns the file in server/weaknesses that was laid over the app in a run, without its extension; null when none was. */
export const laidOver = ({ variant, repair, scenario }: Ran): string | null =>
  repair ?? (variant === 'vulnerable' ? scenario.weakness : null);

/** Returns what tells the runs of a scenario apart: "vulnerable", "protected", or the file of the repair. */
export const runName = ({ variant, repair }: Pick<Ran, 'variant' | 'repair'>): string => repair ?? variant;

/** Returns the name of the app in a run: "Vulnerable app", or `App with the repair login-copies-session`. */
export function appName({ variant, repair }: Pick<Ran, 'variant' | 'repair'>): string {
  if (repair !== undefined) return `App with the repair ${repair}`;
  return variant === 'vulnerable' ? 'Vulnerable app' : 'Protected app';
}
