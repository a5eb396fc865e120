import type { Arrival } from './arrival.ts';
import { pairsOf } from './parseSetCookie.ts';

/**
 * RFC 6265bis section 5.6 step 1 lets a tab stand wherever a space may. Chromium (156) takes it around a name or a value,
 * of the cookie or of an attribute, but not inside.
 */
export function innerTab({ header }: Arrival): string | null {
  if (!header.includes('\t')) return null;
  const inside = pairsOf(header).some(({ name, value }) => name.includes('\t') || value?.includes('\t'));
  return inside ? 'it contains a tab inside a name or a value' : null;
}
