/** What the panel writes about a key, and what the learner types into it. Pure. */
import type { KeyView } from '../../../scenarios/engine/marks.ts';
import type { KeyValue } from '../../../scenarios/engine/trace.ts';
import { jsonLines } from '../../ui/jsonLines.ts';

/** Returns the word at the mark of a key: "added", "deleted", "TTL". */
export function changeWord({ mark, change, cause }: KeyView): string {
  if (mark === 'removed' && cause.by === 'eviction') return 'evicted';
  if (mark === 'removed' && cause.by === 'redis-restart') return 'lost';
  if (mark === 'removed') return change;
  if (mark === 'changed' && change === 'ttl') return 'TTL';
  return mark ?? '';
}

/**
 * Returns who or what changed a key last: "by SET", "manually".
 *
 * @param nameOf returns the name of a command by its number in the trace
 * @param end how the key ended, when it is gone
 */
export function describeCause(
  { cause, mark }: KeyView,
  nameOf: (command: number) => string | undefined,
  end?: string,
): string {
  switch (cause.by) {
    case 'manual':
      return mark === null ? 'set manually' : 'manually';
    case 'outside':
      if (mark === 'removed' && end === 'evicted') return 'by Redis, because its memory was full: evicted';
      if (mark === 'removed' && end === 'lost in the crash') return 'in the crash of Redis';
      if (mark === 'removed') return 'from outside the sandbox, or evicted';
      return mark === null ? 'set from outside' : 'from outside the sandbox';
    case 'eviction':
      return 'by Redis, to free memory';
    case 'redis-restart':
      return 'when Redis restarted without persistence';
    case 'time':
      return 'its TTL ran out';
    case 'command':
      return `${mark === null ? 'last changed by' : 'by'} ${nameOf(cause.command)?.toUpperCase() ?? 'a command'}`;
  }
}

/** Returns a key's name with only the first characters of the ids and hashes in it. */
export const shortName = (name: string) => name.replace(/[\w-]{16,}/g, (id) => `${id.slice(0, 6)}…`);

/** Returns a value of any Redis type as lines of text. */
export function valueLines(value: KeyValue): string[] {
  switch (value.type) {
    case 'string':
      return jsonLines(value.data);
    case 'hash':
      return Object.entries(value.data).map(([field, text]) => `${field}: ${text}`);
    case 'set':
      // A set has no order. Sorted, its unchanged members stay unmarked.
      return value.data.toSorted();
    case 'list':
      return value.data;
    case 'zset':
      return value.data.map(([member, score]) => `${score}: ${member}`);
  }
}

/** Returns TTL as redis-cli shows it: whole seconds, rounded to the nearest as Redis itself does. */
export const ttlSeconds = (ms: number) => Math.max(0, Math.floor((ms + 500) / 1000));

/** Returns typed seconds in ms; null unless they are a whole number from 1 to a year. */
export function parseLifetime(text: string): number | null {
  const seconds = /^\d{1,8}$/.test(text.trim()) ? Number(text) : 0;
  return seconds >= 1 && seconds <= 366 * 86_400 ? seconds * 1000 : null;
}

/** Either the value to store, or a sentence that says why the typed text cannot be stored. */
export type TypedValue = { value: string; problem: null } | { value: null; problem: string };

/** Characters. */
const maxLength = 8000;

/**
 * Returns the value of a typed text. JSON is stored on one line, as the app stores it.
 *
 * @param before the stored value. If it is JSON, the text must be JSON too, because the app fails on anything else.
 */
export function parseValue(text: string, before: string): TypedValue {
  let value = text;
  if (isJson(before)) {
    try {
      value = JSON.stringify(JSON.parse(text));
    } catch (error) {
      return { value: null, problem: `This is not JSON: ${(error as Error).message}.` };
    }
  }
  return value.length > maxLength
    ? { value: null, problem: `It is longer than ${maxLength} characters.` }
    : { value, problem: null };
}

/** Returns a stored value as it is edited: JSON is indented. */
export const editableText = (value: string) => jsonLines(value).join('\n');

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
