import CachePolicy from 'http-cache-semantics';
import type { Header } from '../../../scenarios/engine/trace.ts';
import type { Message } from './hosts.ts';
import type { RawResponse } from './send.ts';

export interface SharedCache {
  find(message: Message): RawResponse | undefined;
  keep(message: Message, response: RawResponse): void;
}

/**
 * A cache that many people share, such as a CDN's (RFC 9111): one entry per address, kept when the response allows it to a shared
 * cache. A Set-Cookie in it does not keep it from being stored (section 7.3).
 */
export function createSharedCache(): SharedCache {
  const entries = new Map<string, { policy: CachePolicy; response: RawResponse }>();
  const asRequest = ({ url, method, headers }: Message) => ({ url: url.href, method, headers: asObject(headers) });

  return {
    find(message) {
      if (message.method !== 'GET') return undefined;
      const entry = entries.get(message.url.href);
      if (!entry?.policy.satisfiesWithoutRevalidation(asRequest(message))) return undefined;
      const { policy, response } = entry;
      // RFC 9111 section 5.1: whole seconds since the app made it. By this header one can tell that a cache has answered.
      return { ...response, headers: [...response.headers, ['Age', String(Math.floor(policy.age()))]] };
    },
    keep(message, response) {
      const answer = { status: response.status, headers: asObject(response.headers) };
      const policy = new CachePolicy(asRequest(message), answer, { shared: true });
      if (policy.storable()) entries.set(message.url.href, { policy, response });
    },
  };
}

function asObject(headers: Header[]): Record<string, string> {
  return Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
}
