/** The session options as fields of a form: what can be chosen, and what a choice means. Pure. */
import type { SessionChange } from '../../../scenarios/engine/actions.ts';
import type { FreePlayOffer } from '../../../scenarios/engine/api.ts';
import { minutes, span } from '../../../scenarios/engine/durations.ts';

export type Options = FreePlayOffer['session']['options'];

/** The options that are on or off, and what they do. */
export const switches = {
  rolling: 'Renew the cookie with every response',
  resave: 'Save sessions that did not change',
  saveUninitialized: 'Save sessions that are empty',
  httpOnly: 'Hide the cookie from scripts',
  secure: 'Send the cookie over https only',
} as const;

/** An option with several values. */
interface Choice {
  label: string;
  /** Returns what can be chosen. The value of a form field is always a text. */
  choicesAt(options: Options): { value: string; label: string }[];
  /** Returns the value that is chosen. */
  selected(options: Options): string;
  /** Returns the change that a choice means. */
  changeTo(value: string): SessionChange;
}

const usualAges = [minutes(1), minutes(10), minutes(30), minutes(60), minutes(24 * 60)];

export const choices: readonly Choice[] = [
  {
    label: 'maxAge',
    choicesAt: ({ maxAge }) => [
      ...(maxAge === null || usualAges.includes(maxAge) ? usualAges : [maxAge, ...usualAges]).map((ms) => ({
        value: String(ms),
        label: span(ms),
      })),
      { value: 'none', label: 'none: until the browser is closed' },
    ],
    selected: ({ maxAge }) => (maxAge === null ? 'none' : String(maxAge)),
    changeTo: (value) => ({ maxAge: value === 'none' ? null : Number(value) }),
  },
  {
    label: 'sameSite',
    choicesAt: () => [
      { value: 'strict', label: 'strict' },
      { value: 'lax', label: 'lax' },
      { value: 'none', label: 'none' },
      { value: '', label: 'left out' },
    ],
    selected: ({ sameSite }) => sameSite ?? '',
    changeTo: (value) => ({ sameSite: (value || null) as Options['sameSite'] }),
  },
  {
    label: 'trust proxy',
    choicesAt: () => [
      { value: 'false', label: 'no proxy' },
      { value: '1', label: 'one proxy' },
      { value: 'true', label: 'all proxies' },
    ],
    selected: ({ trustProxy }) => (trustProxy === 0 ? 'false' : String(trustProxy)),
    changeTo: (value) => ({ trustProxy: value === '1' ? 1 : value === 'true' }),
  },
  {
    label: 'store',
    choicesAt: () => [
      { value: 'redis', label: 'Redis' },
      { value: 'memory', label: 'memory of the process' },
    ],
    selected: ({ store }) => store,
    changeTo: (value) => ({ store: value as Options['store'] }),
  },
];

/** Returns a sentence when a browser refuses a cookie with these options, or else null. RFC 6265bis section 5.7. */
export function warningFor({ secure, sameSite }: Options, code: string): string | null {
  const name = /name: '(__(?:Host|Secure)-[^']*)'/.exec(code)?.[1];
  if (name !== undefined && !secure) return `A browser refuses ${name} without Secure, because its name requires it.`;
  if (sameSite === 'none' && !secure) return 'A browser refuses a cookie with SameSite=None that is not Secure.';
  return null;
}
