/** What the line of a key says: who · role · what else. Pure. */
import type { KeyView } from '../../../scenarios/engine/marks.ts';
import { personOf } from '../../../scenarios/engine/people.ts';
import type { KeyValue, TraceHeader } from '../../../scenarios/engine/trace.ts';
import { objectIn } from './recordFields.ts';

export interface KeyLine {
  /** The person that a record names, "nobody" for a record that names none, and '' for any other key. */
  who: string;
  rest: string[];
}

/**
 * @param keys all keys, because a record may name the key of its basket
 * @param areKept whether the session records are in Redis, and not in the memory of the app
 */
export function keyLine(
  { sid, name, value }: KeyView,
  keys: readonly KeyView[],
  header: Pick<TraceHeader, 'users'>,
  areKept = true,
): KeyLine {
  if (value === null) return { who: '', rest: [] };
  const fields = objectIn(value);
  if (sid !== null && fields !== null) {
    const { cookie: _, userId, role, basketId, basket, ...others } = fields;
    const who = typeof userId === 'number' ? personOf(header, userId) : 'nobody';
    const stored = keys.find(({ name, mark }) => name === `basket:${basketId}` && mark !== 'removed')?.value;
    const items = stored?.type === 'list' ? stored.data.length : Array.isArray(basket) ? basket.length : 0;
    const basketText = items === 0 ? [] : [items === 1 ? '1 item' : `${items} items`];
    const roles = typeof role === 'string' ? [role] : [];
    const rest = Object.entries(others).flatMap(
      ([name, value]) => personField(name, value, header) ?? otherField(name, value),
    );
    return { who, rest: [...roles, ...basketText, ...rest] };
  }
  const owner = /^user:(\d+):/.exec(name)?.[1];
  return {
    who: '',
    rest: [
      ...(owner ? [personOf(header, Number(owner))] : []),
      valueText(value, name),
      ...(areKept ? endedText(value, name, keys) : []),
    ],
  };
}

/** When something happened, and which version of the credentials it belongs to, is for the value to tell. */
const bookkeeping = /At$|^credentialVersion$/;

/** Characters of a value in a line. */
const longest = 24;

/** "pending: Alice" of a field that names a user. */
function personField(name: string, value: unknown, header: Pick<TraceHeader, 'users'>): string[] | null {
  const names = typeof value === 'object' && value !== null && 'userId' in value && typeof value.userId === 'number';
  return names ? [`${name}: ${personOf(header, value.userId as number)}`] : null;
}

function otherField(name: string, value: unknown): string[] {
  if (bookkeeping.test(name)) return [];
  const text = JSON.stringify(value) ?? '';
  return [text.length <= 8 ? `${name}: ${text}` : name];
}

/** A list names sessions that have ended, too, until the app cleans it up: "5 listed sessions, 2 of them ended". */
function endedText(value: KeyValue, name: string, keys: readonly KeyView[]): string[] {
  if (value.type !== 'zset' || !name.endsWith(':sessions')) return [];
  const listed = value.data.flatMap(([member]) => sidIn(member) ?? []);
  const ended = listed.filter((sid) => !keys.some((key) => key.sid === sid && key.mark !== 'removed')).length;
  if (ended === 0) return [];
  return [ended < listed.length ? `${ended} of them ended` : listed.length === 1 ? 'ended' : 'all ended'];
}

function sidIn(member: string): string | null {
  const sid = objectIn({ type: 'string', data: member })?.sid;
  return typeof sid === 'string' ? sid : null;
}

function valueText(value: KeyValue, name: string): string {
  const count = (many: number, what: string) => `${many} ${what}${many === 1 ? '' : 's'}`;
  switch (value.type) {
    case 'string':
      return value.data.length > longest ? `${value.data.slice(0, longest)}…` : value.data;
    case 'list':
      return value.data.length > 3 ? count(value.data.length, 'item') : value.data.join(', ');
    case 'hash':
      return count(Object.keys(value.data).length, 'field');
    case 'set':
    case 'zset':
      return count(value.data.length, name.endsWith(':sessions') ? 'listed session' : 'member');
  }
}

/** Returns a time left as a clock shows it: "29:59", "7 h 59", "364 d". */
export function timeLeft(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600), Math.floor(seconds / 60)];
  const twoDigits = (count: number) => String(count).padStart(2, '0');
  if (days >= 2) return `${days} d`;
  if (hours >= 1) return `${hours} h ${twoDigits(minutes % 60)}`;
  return `${minutes}:${twoDigits(seconds % 60)}`;
}
