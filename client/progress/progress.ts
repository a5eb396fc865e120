/** What was played and predicted, as plain data, and the scores computed from it. Pure. */
import type { ScenarioOutline, Variant } from '../../scenarios/engine/trace.ts';

/** The progress in one scenario. */
export interface ScenarioProgress {
  /** The variants that were played to the end. */
  played: Variant[];
  /** Whether the first prediction was right, by `predictionKey`. */
  predicted: Record<string, boolean>;
}

/** By slug. */
export type AllProgress = Readonly<Record<string, ScenarioProgress>>;

export const noProgress: ScenarioProgress = { played: [], predicted: {} };

export const predictionKey = (variant: Variant, step: number) => `${variant} ${step}`;

/** The number of right predictions, and of all predictions. */
export interface Score {
  right: number;
  of: number;
}

export function scoreOf(progress: readonly ScenarioProgress[]): Score {
  const all = progress.flatMap(({ predicted }) => Object.values(predicted));
  return { right: all.filter(Boolean).length, of: all.length };
}

/** Returns how many questions of a scenario were predicted right in these variants, and how many there are; null if none was predicted. */
export function scoreIn(
  { steps }: Pick<ScenarioOutline, 'steps'>,
  { predicted }: ScenarioProgress,
  variants: readonly Variant[],
): Score | null {
  const keys = steps.flatMap(({ ask }, step) => (ask ? variants.map((variant) => predictionKey(variant, step)) : []));
  const answered = keys.filter((key) => key in predicted);
  return answered.length === 0 ? null : { right: answered.filter((key) => predicted[key]).length, of: answered.length };
}

const wasPlayed = ({ slug }: ScenarioOutline, all: AllProgress) => (all[slug]?.played.length ?? 0) > 0;

/** Counts the scenarios that were played to the end in at least one variant. */
export function playedOf(scenarios: readonly ScenarioOutline[], all: AllProgress): number {
  return scenarios.filter((scenario) => wasPlayed(scenario, all)).length;
}

/** Returns the first scenario in reading order that was not played to the end; null if all were. */
export function nextUnplayed(scenarios: readonly ScenarioOutline[], all: AllProgress): ScenarioOutline | null {
  return scenarios.find((scenario) => !wasPlayed(scenario, all)) ?? null;
}

/** Reads stored progress. Anyone can write to the browser's storage, so whatever is not progress is left out. */
export function parseProgress(stored: unknown): AllProgress {
  if (!isRecord(stored)) return {};
  const entries = Object.entries(stored).filter((entry): entry is [string, Record<string, unknown>] =>
    isRecord(entry[1]),
  );
  return Object.fromEntries(entries.map(([slug, one]) => [slug, parseScenarioProgress(one)]));
}

function parseScenarioProgress({ played, predicted }: Record<string, unknown>): ScenarioProgress {
  const predictions = Object.entries(isRecord(predicted) ? predicted : {});
  return {
    played: Array.isArray(played) ? variants.filter((variant) => played.includes(variant)) : [],
    predicted: Object.fromEntries(
      predictions.filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'),
    ),
  };
}

const variants: readonly Variant[] = ['vulnerable', 'protected'];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
