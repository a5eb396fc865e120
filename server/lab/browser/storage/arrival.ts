import type { CookieState } from '../cookieState.ts';
import type { RequestContext } from '../requestContext.ts';
import { newCookie } from './newCookie.ts';
import { parseSetCookie } from './parseSetCookie.ts';

/** A cookie that arrived and is not in the jar yet: what the rules of RFC 6265bis section 5.7 look at. */
export interface Arrival {
  /** The whole Set-Cookie header, or what a script assigned to document.cookie. */
  header: string;
  /** The cookie as it will be stored if no rule objects. */
  cookie: CookieState;
  /** In lower case, without a leading dot; null when there was none, or an empty one. */
  domainAttribute: string | null;
  /** Whether a Path was written (a default path is not). */
  hasPathAttribute: boolean;
  /** The request it is the answer to, or the page whose script wrote it. */
  context: RequestContext;
  /** `script`: document.cookie, a "non-HTTP" API in the words of the RFC. */
  api: 'http' | 'script';
  /** What is in the jar already; nothing expired. */
  jar: readonly CookieState[];
}

/** A rule of storage: the reason to refuse the cookie, as a short sentence for a learner, or null. */
export type StorageRule = (arrival: Arrival) => string | null;

/** Reads a Set-Cookie header (or a script's text) as octets, at `now` milliseconds since 1970. Never throws. */
export function arrive({ header, context, api, jar }: Envelope, now: number): Arrival {
  const parsed = parseSetCookie(header);
  return {
    header,
    context,
    api,
    jar,
    cookie: newCookie(parsed, context.url, now),
    domainAttribute: parsed.domain,
    hasPathAttribute: parsed.path !== null,
  };
}

type Envelope = Pick<Arrival, 'header' | 'context' | 'api' | 'jar'>;
