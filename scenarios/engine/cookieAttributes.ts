/** The attributes of a cookie as the page shows them. Pure. */
import type { CookieAttribute, JarCookie } from './trace.ts';

export interface AttributeShown {
  /** "HttpOnly", "not HttpOnly", "SameSite=Lax", "Domain=shop.example" */
  text: string;
  /** Whether a protection is missing. */
  weak: boolean;
}

export function showAttribute(attribute: CookieAttribute, cookie: JarCookie): AttributeShown {
  switch (attribute) {
    case 'HttpOnly':
      return cookie.httpOnly ? { text: attribute, weak: false } : { text: `not ${attribute}`, weak: true };
    case 'Secure':
      return cookie.secure ? { text: attribute, weak: false } : { text: `not ${attribute}`, weak: true };
    case 'SameSite': {
      const { sameSite } = cookie;
      if (sameSite === null) return { text: `no ${attribute}`, weak: true };
      return { text: `${attribute}=${sameSite}`, weak: sameSite === 'None' };
    }
    case 'Domain':
      if (cookie.hostOnly) return { text: `no ${attribute}`, weak: false };
      return { text: `${attribute}=${cookie.domain}`, weak: true };
    case 'Path':
      return { text: `${attribute}=${cookie.path}`, weak: false };
  }
}

/** Returns those that a scenario is about, in its order. None is known of the cookie of a real browser. */
export const showAttributes = (cookie: JarCookie, attributes: readonly CookieAttribute[] = []): AttributeShown[] =>
  cookie.attributes === 'unknown' ? [] : attributes.map((attribute) => showAttribute(attribute, cookie));
