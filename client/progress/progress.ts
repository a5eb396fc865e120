/** What was played and predicted, as plain data, and what it adds up to. Pure. */
import type { ScenarioOutline, Variant } from '../../scenarios/engine/trace.ts';

/** What is remembered of one scenario. */
export interface Progress {
  /** The apps on which it was played to its end. */
  played: Variant[];
  /** Whether the first prediction was right; by app and index of the step, as `placeOf` says it. */
  predicted: Record<string, boolean>;
}

/** By slug. */
export type AllProgress = Readonly<Record<string, Progress>>;

export const nothingYet: Progress = { played: [], predicted: {} };

export const placeOf = (variant: Variant, step: number) => `${variant} ${step}`;

/** How many predictions were right, of how many. */
export interface Score {
  right: number;
  of: number;
}

export function scoreOf(progress: readonly Progress[]): Score {
  const all = progress.flatMap(({ predicted }) => Object.values(predicted));
  return { right: all.filter(Boolean).length, of: all.length };
}

/** How many of these scenarios were played to their end, on whichever app. */
export function playedOf(scenarios: readonly ScenarioOutline[], all: AllProgress): number {
  return scenarios.filter(({ slug }) => (all[slug]?.played.length ?? 0) > 0).length;
}

/** Where to go on: the first scenario in reading order that was not played to its end; null when all were. */
export function nextUnplayed(scenarios: readonly ScenarioOutline[], all: AllProgress): ScenarioOutline | null {
  return scenarios.find(({ slug }) => playedOf([{ slug } as ScenarioOutline], all) === 0) ?? null;
}

/** What a browser kept may have been written by anybody: whatever is not progress is left out. */
export function progressIn(kept: unknown): AllProgress {
  if (!isRecord(kept)) return {};
  return Object.fromEntries(Object.entries(kept).flatMap(([slug, one]) => (isRecord(one) ? [[slug, sound(one)]] : [])));
}

function sound({ played, predicted }: Record<string, unknown>): Progress {
  return {
    played: Array.isArray(played) ? variants.filter((variant) => played.includes(variant)) : [],
    predicted: isRecord(predicted)
      ? Object.fromEntries(
          Object.entries(predicted).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'),
        )
      : {},
  };
}

const variants: readonly Variant[] = ['vulnerable', 'protected'];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
