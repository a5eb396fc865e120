import CachePolicy from 'http-cache-semantics';
import type { Header } from '../../scenarios/engine/trace.ts';
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
      return entry?.policy.satisfiesWithoutRevalidation(asRequest(message)) ? entry.response : undefined;
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
