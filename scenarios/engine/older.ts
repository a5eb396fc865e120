/** What a jump in time does to what is stored. Pure. */
import type { KeyValue } from './trace.ts';

/**
 * Returns a session record that is `ms` older: `cookie.expires` is that much earlier. express-session, its MemoryStore and
 * connect-redis compare it with the machine's clock, which a jump does not move. Any other text is returned as it is.
 */
export function olderRecord(json: string, ms: number): string {
  const record = parse(json);
  const expires = record?.cookie?.expires;
  const at = typeof expires === 'string' ? Date.parse(expires) : Number.NaN;
  if (Number.isNaN(at) || !isDate(at - ms)) return json;
  return JSON.stringify({ ...record, cookie: { ...record!.cookie, expires: new Date(at - ms).toISOString() } });
}

/** Returns the value of a Redis key that is `ms` older. */
export const olderValue = (value: KeyValue, ms: number): KeyValue =>
  value.type === 'string' ? { ...value, data: olderRecord(value.data, ms) } : value;

function parse(json: string): { cookie?: { expires?: unknown } | null } | null {
  // Most other values are short, and the test saves parsing them.
  if (!json.includes('"expires"')) return null;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** ECMA-262, 21.4.1.1: the range of a Date. */
const isDate = (at: number) => Math.abs(at) <= 8.64e15;
