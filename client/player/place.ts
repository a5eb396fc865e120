/** The search part of a scenario's address: which variant on which Redis, in which pace, at which step. Pure. */
import type { Pace, StoreKind, Variant } from '../../scenarios/engine/trace.ts';

/** What the page shows: one variant, or both side by side. */
export type Shown = Variant | 'both';

export interface Place {
  shown: Shown;
  store: StoreKind;
  pace: Pace;
  /** How many steps have been played at the current moment. */
  step: number;
}

/** Returns a search such as "variant=protected&redis=real&step=3". Defaults are left out, except for the variant. */
export function searchOf({ shown, store, pace, step }: Place): string {
  const search = new URLSearchParams({ variant: shown });
  if (store !== 'mock') search.set('redis', store);
  if (pace !== 'jump') search.set('time', pace);
  if (step > 0) search.set('step', String(step));
  return search.toString();
}

/**
 * Parses the search part of an address. What it does not name is left out.
 * @param steps how many steps the scenario has
 * @returns also a sentence for each value that is not possible
 */
export function parsePlace(search: string, steps: number): { place: Partial<Place>; complaints: string[] } {
  const params = new URLSearchParams(search);
  const complaints: string[] = [];
  const oneOf = <Value extends string>(name: string, known: readonly Value[]): Value | undefined => {
    const text = params.get(name);
    const value = known.find((one) => one === text);
    if (text !== null && !value) complaints.push(`The link asks for ${name} “${text}”; there is ${known.join(', ')}.`);
    return value;
  };
  const stepIn = (text: string | null): number | undefined => {
    if (text === null) return undefined;
    if (/^\d{1,6}$/.test(text) && Number(text) <= steps) return Number(text);
    complaints.push(`The link asks for step “${text}”; this scenario has ${steps} steps.`);
    return undefined;
  };
  const shown = oneOf('variant', ['vulnerable', 'protected', 'both'] as const);
  const store = oneOf('redis', ['mock', 'real'] as const);
  const pace = oneOf('time', ['jump', 'real'] as const);
  const step = stepIn(params.get('step'));
  return {
    place: { ...(shown && { shown }), ...(store && { store }), ...(pace && { pace }), ...(step && { step }) },
    complaints,
  };
}
