import type { CookieState } from '../cookieState.ts';
import type { RequestContext } from '../requestContext.ts';

/** An occasion on which the jar is asked for cookies (RFC 6265bis section 5.8). */
export interface Retrieval extends RequestContext {
  /** `script`: document.cookie, a "non-HTTP" API in the words of the RFC. */
  api: 'http' | 'script';
  /** Milliseconds since 1970. */
  now: number;
  /** Section 5.6.7.2; see JarOptions. */
  laxAllowingUnsafe: boolean;
}

/** A rule of retrieval: the reason to keep the cookie back, as a short sentence for a learner, or null. */
export type RetrievalRule = (cookie: CookieState, retrieval: Retrieval) => string | null;
