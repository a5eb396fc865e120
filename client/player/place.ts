/** What an address says besides the scenario: which side of it, on which store, at which step. Pure. */
import type { Pace, StoreKind, Variant } from '../../scenarios/engine/trace.ts';

/** What is looked at: one variant, or both side by side. */
export type Shown = Variant | 'both';

export interface Place {
  shown: Shown;
  store: StoreKind;
  pace: Pace;
  /** Steps before the moment being looked at. */
  step: number;
}

const values = {
  variant: ['vulnerable', 'protected', 'both'],
  redis: ['mock', 'real'],
  time: ['jump', 'real'],
} as const;

/** "variant=protected&redis=real&step=3", to be put behind a `?`. What is as usual is left out, but never the variant. */
export function searchOf({ shown, store, pace, step }: Place): string {
  const search = new URLSearchParams({ variant: shown });
  if (store !== 'mock') search.set('redis', store);
  if (pace !== 'jump') search.set('time', pace);
  if (step > 0) search.set('step', String(step));
  return search.toString();
}

/**
 * What the part of an address behind its `?` asks for; what it does not say is left out.
 * @param steps how many the scenario has
 * @returns also a sentence for each thing that cannot be had
 */
export function placeIn(search: string, steps: number): { place: Partial<Place>; complaints: string[] } {
  const asked = new URLSearchParams(search);
  const complaints: string[] = [];
  const oneOf = <Value extends string>(name: string, known: readonly Value[]): Value | undefined => {
    const value = asked.get(name);
    if (value === null) return undefined;
    const found = known.find((one) => one === value);
    if (!found) complaints.push(`The link asks for ${name} “${value}”; there is ${known.join(', ')}.`);
    return found;
  };
  const shown = oneOf('variant', values.variant);
  const store = oneOf('redis', values.redis);
  const pace = oneOf('time', values.time);
  const step = stepIn(asked.get('step'), steps, complaints);
  return {
    place: { ...(shown && { shown }), ...(store && { store }), ...(pace && { pace }), ...(step && { step }) },
    complaints,
  };
}

function stepIn(text: string | null, steps: number, complaints: string[]): number | undefined {
  if (text === null) return undefined;
  if (/^\d{1,6}$/.test(text) && Number(text) <= steps) return Number(text);
  complaints.push(`The link asks for step “${text}”; this scenario has ${steps} steps.`);
  return undefined;
}
