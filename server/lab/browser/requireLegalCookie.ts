import { consistsOfOctets } from './octets.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these cannot stand in a header
const ILLEGAL_IN_NAME = /[\x00-\x1f\x7f;=]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these cannot stand in a header
const ILLEGAL_IN_VALUE = /[\x00-\x08\x0a-\x1f\x7f;]/;

/** Throws a TypeError for a name or value that could not be sent in a Cookie header as it is. */
export function requireLegalCookie({ name, value }: { name: string; value: string }): void {
  if (name === '' && value === '') {
    throw new TypeError('A cookie needs a name or a value: this one has neither, and would send nothing.');
  }
  if (ILLEGAL_IN_NAME.test(name) || !consistsOfOctets(name)) {
    throw new TypeError(
      'The name of this cookie has a character that no Cookie header can carry in a name. Leave out ";", "=" and control characters, and percent-encode what is outside Latin-1.',
    );
  }
  if (ILLEGAL_IN_VALUE.test(value) || !consistsOfOctets(value)) {
    throw new TypeError(
      'The value of this cookie has a character that no Cookie header can carry. Percent-encode it: encodeURIComponent(value).',
    );
  }
}
