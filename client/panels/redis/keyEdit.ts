/** What is typed for a key's value and its time to live. Pure. */

const most = 8000;

export interface Written {
  /** As it is stored; null while something is wrong with it. */
  value: string | null;
  /** What is wrong, as a sentence; null when nothing is. */
  problem: string | null;
}

/** A text to be stored. Where JSON was stored, only JSON may follow: the app would fail at anything else. */
export function written(text: string, before: string): Written {
  const value = isJson(before) ? compact(text) : text;
  if (value === null) return { value, problem: `This is not JSON: ${reason(text)}.` };
  if (value.length > most) return { value: null, problem: `It is longer than ${most} characters.` };
  return { value, problem: null };
}

/** JSON spread over lines, to be read; any other text as it is. */
export const spread = (text: string) => (isJson(text) ? JSON.stringify(JSON.parse(text), null, 2) : text);

export function isJson(text: string): boolean {
  return compact(text) !== null;
}

function compact(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return null;
  }
}

function reason(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

/** Seconds as they are typed, in ms; null when they are none from 1 to a year. */
export function lifetimeOf(text: string): number | null {
  const seconds = /^\d{1,8}$/.test(text.trim()) ? Number(text) : 0;
  return seconds >= 1 && seconds <= 366 * 86_400 ? seconds * 1000 : null;
}
