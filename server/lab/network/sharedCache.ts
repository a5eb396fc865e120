import CachePolicy from 'http-cache-semantics';
import type { Header } from '../../../scenarios/engine/trace.ts';
import type { HttpRequest, HttpResponse } from './loopback.ts';

/**
 * A cache that many people share, such as a CDN's (RFC 9111). It has one entry per URL and stores what the response allows a
 * shared cache to store. A Set-Cookie header does not prevent that (section 7.3).
 *
 * @param now milliseconds since 1970, in the sandbox's time: what is stored grows older when time is jumped
 */
export function createSharedCache(now: () => number) {
  /** The library reads the time from this method. Its types do not declare it. */
  class Policy extends CachePolicy {
    now(): number {
      return now();
    }
  }
  const entries = new Map<string, { policy: CachePolicy; response: HttpResponse }>();
  const asRequest = ({ url, method, headers }: HttpRequest) => ({ url: url.href, method, headers: asObject(headers) });

  return {
    find(request: HttpRequest): HttpResponse | undefined {
      if (request.method !== 'GET') return undefined;
      const entry = entries.get(request.url.href);
      if (!entry?.policy.satisfiesWithoutRevalidation(asRequest(request))) return undefined;
      const { policy, response } = entry;
      // RFC 9111 section 5.1: whole seconds since the app generated it. The header shows that a cache has answered.
      return { ...response, headers: [...response.headers, ['Age', String(Math.floor(policy.age()))]] };
    },
    /** Stores the response if HTTP allows it. */
    store(request: HttpRequest, response: HttpResponse): void {
      const answer = { status: response.status, headers: asObject(response.headers) };
      const policy = new Policy(asRequest(request), answer, { shared: true });
      if (policy.storable()) entries.set(request.url.href, { policy, response });
    },
  };
}

export type SharedCache = ReturnType<typeof createSharedCache>;

function asObject(headers: Header[]): Record<string, string> {
  return Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
}
