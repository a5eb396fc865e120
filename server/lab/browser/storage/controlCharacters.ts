import type { Arrival } from './arrival.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what the rule is about; a tab is allowed
const CONTROL_CHARACTER = /[\x00-\x08\x0a-\x1f\x7f]/;

/** RFC 6265bis section 5.6 step 1 and section 5.7 step 3: anywhere in the header, attributes included. */
export function controlCharacters({ header }: Arrival): string | null {
  return CONTROL_CHARACTER.test(header) ? 'it contains a control character' : null;
}
