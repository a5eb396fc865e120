/** What a session record holds, and what a command changes in it, in a few words. Pure. */
import { personOf } from '../../../scenarios/engine/people.ts';
import type { TraceHeader } from '../../../scenarios/engine/trace.ts';

/** The fields of a session record, without the attributes of its cookie. */
export type Fields = Readonly<Record<string, unknown>>;

type Users = TraceHeader['users'];

/** Returns the fields of a stored record; null when the text is none. */
export function sessionFields(json: string): Fields | null {
  try {
    const { cookie: _, ...fields } = JSON.parse(json);
    return fields;
  } catch {
    return null;
  }
}

/** The one field that says who somebody is, so it is shown with its value. */
const identity = 'userId';

/** Returns "Alice" for the record of somebody, and the names of its fields for a record of nobody. */
export function fieldsFound(fields: Fields | null, users: Users): string {
  if (fields === null) return '';
  if (fields[identity] !== undefined) return user(fields, users);
  return Object.keys(fields).join(', ');
}

/** Returns "+ Alice", or "~ basketId − csrf" when the identity stays; '' when the fields are the same. */
export function fieldChanges(before: Fields | null, after: Fields | null, users: Users): string {
  if (after === null) return '';
  const old = before ?? {};
  const same = (name: string) => JSON.stringify(old[name]) === JSON.stringify(after[name]);
  const list = (sign: string, names: string[], text: (name: string) => string) => {
    const told = names.includes(identity) ? [identity] : names;
    return told.length === 0 ? [] : [`${sign} ${told.map(text).join(', ')}`];
  };
  const shown = (name: string) => (name === identity ? user(after, users) : name);
  return [
    ...list(
      '+',
      Object.keys(after).filter((name) => !(name in old)),
      shown,
    ),
    ...list(
      '~',
      Object.keys(after).filter((name) => name in old && !same(name)),
      shown,
    ),
    ...list(
      '−',
      Object.keys(old).filter((name) => !(name in after)),
      (name) => name,
    ),
  ].join(' ');
}

const user = (fields: Fields, users: Users) => personOf({ users }, Number(fields[identity]));
