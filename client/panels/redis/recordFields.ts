/** A session record field by field, with what changed in it first. Pure. */
import { span } from '../../../scenarios/engine/durations.ts';
import type { Mark } from '../../../scenarios/engine/marks.ts';
import type { KeyValue } from '../../../scenarios/engine/trace.ts';
import { jsonLines, type MarkedLine, markLines } from '../../ui/jsonLines.ts';

export interface RecordFields {
  /** Changed fields first, in their order in the record. */
  lines: MarkedLine[];
  /** The attributes of the cookie, which express-session keeps in each record; null when there are none. */
  cookie: { summary: string; lines: MarkedLine[]; mark: Mark | null } | null;
}

/** Returns the fields of a stored JSON object; null for any other value. */
export function recordFields(value: KeyValue, before: KeyValue | null): RecordFields | null {
  const fields = objectIn(value);
  if (fields === null) return null;
  const old = before && objectIn(before);
  const { cookie, ...own } = fields;
  const lines = fieldLines(own, old && withoutCookie(old));
  return {
    lines: [...lines.filter(({ mark }) => mark !== null), ...lines.filter(({ mark }) => mark === null)],
    cookie: isObject(cookie) ? cookieOf(cookie, old?.cookie) : null,
  };
}

type JsonObject = Readonly<Record<string, unknown>>;

/** Returns the object in a stored string of JSON; null when it is none. */
export function objectIn(value: KeyValue): JsonObject | null {
  if (value.type !== 'string') return null;
  try {
    const parsed: unknown = JSON.parse(value.data);
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const withoutCookie = ({ cookie: _, ...fields }: JsonObject): JsonObject => fields;

/** @param before null to mark no changes */
function fieldLines(now: JsonObject, before: JsonObject | null): MarkedLine[] {
  const text = (fields: JsonObject, name: string) => `${name}: ${JSON.stringify(fields[name])}`;
  if (before === null) return Object.keys(now).map((name) => ({ text: text(now, name), mark: null }));
  const present = Object.keys(now).map((name): MarkedLine => {
    if (!(name in before)) return { text: text(now, name), mark: 'added' };
    const was = JSON.stringify(before[name]);
    return was === JSON.stringify(now[name])
      ? { text: text(now, name), mark: null }
      : { text: text(now, name), mark: 'changed', was };
  });
  const removed = Object.keys(before).filter((name) => !(name in now));
  return [...present, ...removed.map((name): MarkedLine => ({ text: text(before, name), mark: 'removed' }))];
}

function cookieOf(cookie: JsonObject, before: unknown): NonNullable<RecordFields['cookie']> {
  const lines = jsonLines(JSON.stringify(cookie));
  if (!isObject(before)) return { summary: cookieSummary(cookie), lines: lines.map(unmarked), mark: null };
  const marked = markLines(jsonLines(JSON.stringify(before)), lines);
  const mark = marked.some(({ mark }) => mark !== null) ? 'changed' : null;
  return { summary: cookieSummary(cookie), lines: marked, mark };
}

const unmarked = (text: string): MarkedLine => ({ text, mark: null });

/** Returns "maxAge 30 min, HttpOnly, Secure, SameSite=lax, Path=/". */
function cookieSummary({ originalMaxAge, httpOnly, secure, sameSite, domain, path }: JsonObject): string {
  return [
    ...(typeof originalMaxAge === 'number' ? [`maxAge ${span(originalMaxAge)}`] : []),
    ...(httpOnly === true ? ['HttpOnly'] : []),
    ...(secure === true ? ['Secure'] : []),
    ...(typeof sameSite === 'string' ? [`SameSite=${sameSite}`] : []),
    ...(typeof domain === 'string' ? [`Domain=${domain}`] : []),
    ...(typeof path === 'string' ? [`Path=${path}`] : []),
  ].join(', ');
}
