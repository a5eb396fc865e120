import type { Callback, Cookie, Nullable } from 'tough-cookie';
import { Store } from 'tough-cookie';
import type { CookieIdentity } from './cookieState.ts';

/**
 * Where tough-cookie's CookieJar finds the cookies. Its own MemoryCookieStore tells cookies apart by name, domain and path
 * only, so a sibling's `sid` for the whole domain would overwrite the host's own; in browsers they are two cookies, and
 * both are sent.
 */
export class JarStore extends Store {
  override synchronous = true;
  readonly #cookies = new Map<string, Cookie>();

  /** In the order in which they were first stored. */
  all(): Cookie[] {
    return [...this.#cookies.values()];
  }

  find(identity: CookieIdentity): Cookie | undefined {
    return this.#cookies.get(keyOf(identity));
  }

  /**
   * RFC 6265bis section 5.7 step 23.3: one that takes another's place keeps its creation time, thus its turn. Chromium lets
   * it do so only where the value stays the same (measured with 156), and so does this.
   */
  put(identity: CookieIdentity, cookie: Cookie): void {
    const old = this.find(identity);
    if (old?.value === cookie.value) {
      cookie.creation = old.creation;
      cookie.creationIndex = old.creationIndex;
    }
    this.#cookies.set(keyOf(identity), cookie);
  }

  delete(identity: CookieIdentity): boolean {
    return this.#cookies.delete(keyOf(identity));
  }

  /** Asked by CookieJar.getCookies, which picks the matching ones itself. */
  override findCookies(
    _domain: Nullable<string>,
    _path: Nullable<string>,
    _allowSpecialUseDomain?: boolean,
    callback?: Callback<Cookie[]>,
  ): Promise<Cookie[]> {
    callback?.(null, this.all());
    return Promise.resolve(this.all());
  }
}

function keyOf({ name, domain, hostOnly, path }: CookieIdentity): string {
  return JSON.stringify([name, domain, hostOnly, path]);
}
