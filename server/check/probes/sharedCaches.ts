/** What a cache that several people use may do with an answer, by RFC 9111. A Cookie header changes nothing about that. */

/** `may`: it may give it to somebody else. `unsaid`: the answer does not say, and the cache guesses. `must not`: the answer forbids it. */
export type Sharing = 'may' | 'unsaid' | 'must not';

/** @param headers names in lower case @param now milliseconds since 1970 */
export function sharing(headers: Record<string, string>, now: number): Sharing {
  const directives = directivesOf(headers['cache-control'] ?? '');
  const has = (name: string) => directives.has(name);
  // no-cache lets a cache keep it, and ask the app each time (section 5.2.2.4).
  if (['no-store', 'private', 'no-cache'].some(has)) return 'must not';
  // Section 4.1: an answer to other cookies is another answer.
  if (/\*|\bcookie\b/i.test(headers.vary ?? '')) return 'must not';
  // Section 4.2.1: s-maxage before max-age before Expires.
  const seconds = directives.get('s-maxage') ?? directives.get('max-age');
  if (seconds !== undefined) return Number.parseInt(seconds, 10) > 0 ? 'may' : 'must not';
  if (headers.expires !== undefined) return Date.parse(headers.expires) > now ? 'may' : 'must not';
  return has('public') ? 'may' : 'unsaid';
}

/** By names in lower case; '' for those without a value. */
const directivesOf = (header: string) =>
  new Map(
    header.split(/[,\n]/).map((part) => {
      const [name = '', value = ''] = part.trim().split('=');
      return [name.toLowerCase(), value.replaceAll('"', '')] as const;
    }),
  );
