/** Why the browser kept what a page asked for from having an effect on the session. Pure. */
import { isApp } from './lastAnswer.ts';
import type { Exchange } from './read.ts';

/** `not-allowed`: the answer to a preflight did not allow the request. `cookie-refused`: by the rule in `why`. */
export type Hindrance = { how: 'not-allowed' } | { how: 'cookie-refused'; why: string };

/** Returns what stood in the way of the last of these exchanges; null when nothing did. */
export function hindranceOf(sent: readonly Exchange[]): Hindrance | null {
  const last = sent.at(-1);
  if (!last?.response) return null;
  if (last.request.method === 'OPTIONS' && last.request.note?.includes('preflight')) return { how: 'not-allowed' };
  // Another site's cookie may be refused for good reasons: that is no hindrance.
  if (!isApp(last.response.by)) return null;
  const refused = last.response.cookies.find(({ sid, outcome }) => sid !== null && outcome === 'refused');
  return refused ? { how: 'cookie-refused', why: refused.why } : null;
}
