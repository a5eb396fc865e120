/** What a session record holds besides whom it names: the basket, in lessons about what is in it. Pure. */
import type { View } from './read.ts';
import { type Basket, fieldsOf } from './sessionRecord.ts';
import type { KeyValue } from './trace.ts';

const prefix = 'basket:';

/**
 * Returns the basket of a session record: its field `basket`, or the list that its field `basketId` names. null when it has none, or
 * when the scenario is not about baskets.
 *
 * @param value the record, which is JSON
 * @param before the record when the step started; null when there was none
 */
export function basketOf(value: string | null, before: string | null, view: View): Basket | null {
  if (!view.header.scenario.subject.includes(prefix)) return null;
  const items = itemsIn(value, view, 'value');
  if (items === null) return null;
  return { items, isChanged: (itemsIn(before, view, 'before') ?? []).join('\n') !== items.join('\n') };
}

function itemsIn(record: string | null, { keys }: View, when: 'value' | 'before'): string[] | null {
  const { basket, basketId } = fieldsOf(record ?? '');
  if (Array.isArray(basket)) return basket.map(nameOf);
  if (typeof basketId !== 'string') return null;
  const key = keys.find(({ name }) => name === `${prefix}${basketId}`);
  const isThere = when === 'before' || key?.mark !== 'removed';
  return key && isThere ? listed(key[when]) : [];
}

const listed = (value: KeyValue | null) => (value?.type === 'list' ? value.data.map(nameOf) : []);

/** An item may be an object with its price: what it is called is what counts. */
function nameOf(item: unknown): string {
  const { name } =
    typeof item === 'object' && item !== null ? (item as Record<string, unknown>) : fieldsOf(String(item));
  return typeof name === 'string' ? name : typeof item === 'string' ? item : 'something';
}

/** Letters of a list that is told. */
const longestList = 40;

/** "hat, scarf", and "2 items"; twice that where that is too long, or where it has signs that would draw over others. */
export function basketTexts({ items }: Basket): [string, string] {
  const count = items.length === 0 ? 'basket empty' : items.length === 1 ? '1 item' : `${items.length} items`;
  const list = items.join(', ');
  return [items.length === 0 || list.length > longestList || /\p{C}/u.test(list) ? count : list, count];
}
