/** The values that the sliders of the limits offer, and how they are read. Pure. */
import { hours, inWords, minutes } from '../../../../scenarios/engine/durations.ts';
import { type Limits, timeToLive } from '../../../../scenarios/engine/limits.ts';

/** A setting with a slider. */
export type SliderName = 'maxAge' | 'idle' | 'absolute' | 'every';

export interface LimitSlider {
  name: SliderName;
  label: string;
  /** What it limits. */
  about: string;
  /** From short to long. */
  values: readonly (number | null)[];
}

/** The lengths of time that every slider offers. */
export const offeredLengths = [1, 5, 10, 20, 30].map(minutes).concat([1, 2, 4, 8, 12, 24].map(hours));

export const limitSliders: readonly LimitSlider[] = [
  {
    name: 'maxAge',
    label: 'Cookie maxAge',
    about: 'How long the browser keeps the cookie',
    values: [...offeredLengths, null],
  },
  {
    name: 'idle',
    label: 'Idle limit',
    about: 'How long a click keeps the record in Redis',
    values: [null, ...offeredLengths],
  },
  {
    name: 'absolute',
    label: 'Absolute limit',
    about: 'How old the app lets a session become',
    values: [...offeredLengths, null],
  },
  { name: 'every', label: 'A click every', about: 'How often Alice sends a request', values: offeredLengths },
];

/** Returns a length of time in hours and minutes: "8 h 20 min". */
export function lengthText(ms: number): string {
  const inMinutes = Math.round(ms / minutes(1));
  const [whole, rest] = [Math.floor(inMinutes / 60), inMinutes % 60];
  return [whole > 0 && `${whole} h`, (rest > 0 || whole === 0) && `${rest} min`].filter(Boolean).join(' ');
}

/** Returns the value of a slider: "30 min", or what it means that there is none. */
export function valueText(name: SliderName, limits: Limits, length = lengthText): string {
  const value = limits[name];
  if (value !== null) return length(value);
  if (name === 'maxAge') return 'until it is closed';
  return name === 'idle' ? `as the cookie: ${length(timeToLive(limits))}` : 'none';
}

/** As a screen reader says it: "30 minutes". */
export const spokenValue = (name: SliderName, limits: Limits) => valueText(name, limits, inWords);
