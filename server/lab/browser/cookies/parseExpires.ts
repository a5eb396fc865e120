/**
 * The dates of Expires. RFC 6265bis section 5.1.1 reads a date by its parts, in any order, and Chromium (156) does so with rules of
 * its own: `1st` is no day and `01:02:03PM` no time, but `001:02:03` is one, and no year is too early.
 */

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** What separates the parts. A colon does not, as it belongs to the time. */
const delimiters = /[\t !"#$%&'()*+,\-./;<=>?@[\\\]^_`{|}~]+/;

/** Chromium counts in microseconds since 1601, and as far as Date does. Milliseconds since 1970. */
const earliest = Date.UTC(1601, 0, 1);
const latest = 8.64e15;

/** Returns milliseconds since 1970; null if the text is no date. An impossible day, such as 31 February, is none. */
export function parseExpires(text: string): number | null {
  let day: number | undefined;
  let month: number | undefined;
  let year: number | undefined;
  let time: RegExpExecArray | null = null;
  for (const part of text.split(delimiters)) {
    time ??= /^(\d+):(\d+):(\d+)$/.exec(part);
    if (!/^\d/.test(part)) month ??= monthOf(part);
    else if (day === undefined && /^\d{1,2}$/.test(part)) day = Number(part);
    else if (year === undefined && /^\d{1,5}$/.test(part)) year = Number(part);
  }
  if (day === undefined || month === undefined || year === undefined || time === null) return null;
  const [hour, minute, second] = time.slice(1).map(Number) as [number, number, number];
  return timeOf({ year: fullYear(year), month, day, hour, minute, second });
}

function monthOf(part: string): number | undefined {
  const month = months.indexOf(part.slice(0, 3).toLowerCase());
  return month === -1 ? undefined : month;
}

/** Section 5.1.1 steps 3 and 4. */
const fullYear = (year: number) => (year >= 70 && year <= 99 ? year + 1900 : year <= 69 ? year + 2000 : year);

function timeOf(parts: Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>): number | null {
  const { year, month, day, hour, minute, second } = parts;
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  const exists = date.getUTCMonth() === month && date.getUTCDate() === day;
  if (!exists || hour > 23 || minute > 59 || second > 59) return null;
  const at = date.setUTCHours(hour, minute, second);
  return Math.min(Math.max(at, earliest), latest);
}
