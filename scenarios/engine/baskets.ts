/** What a request about the basket says: whose basket it is, and what is in it. Pure. */
import type { Deed } from './deeds.ts';
import type { View } from './read.ts';
import { textOf } from './recordsAt.ts';
import { fieldsOf, userIn } from './sessionRecord.ts';
import type { Browser } from './whoIsWho.ts';
import { isForeign } from './whoIsWhoFacts.ts';

/** A list of items that is longer is not told. */
const longestList = 40;

/**
 * Returns the name of the person whose session record has the same basket as that of this browser, which belongs to somebody else; null
 * when nobody has.
 */
export function sharesBasketOf(browser: Browser, { keys, header, ...view }: View): string | null {
  const sid = browser.cookies[0]?.sid ?? null;
  const records = keys.flatMap((key) =>
    key.sid !== null && key.mark !== 'removed' ? [{ sid: key.sid, value: textOf(key.value) }] : [],
  );
  const own = fieldsOf(records.find((record) => record.sid === sid)?.value ?? '').basketId;
  if (typeof own !== 'string' || browser.means !== null) return null;
  const others = records.filter((record) => record.sid !== sid && fieldsOf(record.value ?? '').basketId === own);
  const names = others.flatMap((record) => userIn(record.sid, record.value, { ...view, keys, header })?.name ?? []);
  return names.find((name) => isForeign(browser, name)) ?? null;
}

/** "the basket", "the basket of Alice’s session", "an empty basket", "the basket: hat, ring". */
export function basketWords({ browser, exchanges }: Deed, view: View): string {
  const owner = sharesBasketOf(browser, view);
  const basket = owner === null ? 'the basket' : `the basket of ${owner}’s session`;
  const { request, response } = exchanges.findLast((one) => (one.response?.status ?? 400) < 400) ?? exchanges.at(-1)!;
  const { basket: items } = fieldsOf(response?.body ?? '');
  if (request.method !== 'GET' || !Array.isArray(items)) return basket;
  if (items.length === 0) return 'an empty basket';
  const list = items.every((item) => typeof item === 'string') ? items.join(', ') : '';
  return list !== '' && list.length <= longestList && !/\p{C}/u.test(list) ? `${basket}: ${list}` : basket;
}
