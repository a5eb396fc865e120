/** Headers as the trace has them: name and value in pairs, in order, because a name may occur more than once. */
import type { Header } from '../../scenarios/engine/trace.ts';

/** Pairs up Node's `rawHeaders`, which alternate names and values. */
export const pairsOf = (rawHeaders: readonly string[]): Header[] =>
  rawHeaders.flatMap((name, index): Header[] => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : []));

/** Returns the values of the headers with that name. @param name in lower case */
export const valuesOf = (headers: readonly Header[], name: string): string[] =>
  headers.filter(([header]) => header.toLowerCase() === name).map(([, value]) => value);

/** Headers for one connection only (RFC 9110 section 7.6.1), or about the transfer of a body that has been read. */
const hopByHop = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect'],
  'content-length',
]);

/** Returns the headers that a proxy passes on. */
export const endToEnd = (headers: readonly Header[]) => headers.filter(([name]) => !hopByHop.has(name.toLowerCase()));
