/** The session options as fields of a form. Pure. */
import type { SessionOptionsNow } from '../../../scenarios/engine/actions.ts';
import { minutes, span } from '../../../scenarios/engine/durations.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';

/** The options that are on or off, and what they do. */
export const switches = {
  rolling: 'Renew the cookie with every response',
  resave: 'Save sessions that did not change',
  saveUninitialized: 'Save sessions that are empty',
  httpOnly: 'Hide the cookie from scripts',
  secure: 'Send the cookie over https only',
} as const;

/** An option with several values. */
export interface Choice {
  name: 'maxAge' | 'sameSite' | 'trustProxy' | 'store';
  label: string;
  /** The values as JSON, because the value of a form field is a text. */
  data: { value: string; label: string }[];
}

/**
 * Returns the options at a moment.
 *
 * @param before the options of the scenario
 * @param events those up to the moment, with the changes by the learner
 */
export function optionsAt(before: SessionOptionsNow, events: readonly TraceEvent[]): SessionOptionsNow {
  const changes = events.flatMap((event) =>
    event.type === 'manual-action' && event.action.do === 'session-options' ? [event.action.change] : [],
  );
  return Object.assign({ ...before }, ...changes) as SessionOptionsNow;
}

/** Returns the options with several values. The current maxAge is among its values, even if it is unusual. */
export function choicesAt({ maxAge }: SessionOptionsNow): Choice[] {
  const usual = [1, 10, 30, 60, 24 * 60].map(minutes);
  const ages = maxAge === null || usual.includes(maxAge) ? usual : [maxAge, ...usual];
  const choice = (name: Choice['name'], label: string, values: [unknown, string][]): Choice => ({
    name,
    label,
    data: values.map(([value, text]) => ({ value: JSON.stringify(value), label: text })),
  });
  return [
    choice('maxAge', 'maxAge', [
      ...ages.map((ms): [number, string] => [ms, span(ms)]),
      [null, 'none: until the browser is closed'],
    ]),
    choice('sameSite', 'sameSite', [
      ['strict', 'strict'],
      ['lax', 'lax'],
      ['none', 'none'],
      [null, 'left out'],
    ]),
    choice('trustProxy', 'trust proxy', [
      [false, 'no proxy'],
      [1, 'one proxy'],
      [true, 'all proxies'],
    ]),
    choice('store', 'store', [
      ['redis', 'Redis'],
      ['memory', 'memory of the process'],
    ]),
  ];
}

/** Returns the current value of an option as JSON. For Express, to trust 0 proxies is the same as `false`. */
export const valueAt = (options: SessionOptionsNow, name: Choice['name']): string =>
  JSON.stringify(options[name] === 0 ? false : options[name]);

/** Returns a sentence when a browser refuses a cookie with these options, or else null. RFC 6265bis section 5.7. */
export function warningFor({ secure, sameSite }: SessionOptionsNow, code: string): string | null {
  const name = /name: '(__(?:Host|Secure)-[^']*)'/.exec(code)?.[1];
  if (name !== undefined && !secure) return `A browser refuses ${name} without Secure, because its name requires it.`;
  if (sameSite === 'none' && !secure) return 'A browser refuses a cookie with SameSite=None that is not Secure.';
  return null;
}
