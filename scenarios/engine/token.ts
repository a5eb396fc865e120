/** Signed tokens (JWT) in cookies. Pure: nothing here checks a signature, because only the app has the key. */

/** A JSON Web Token in its compact form: three parts in base64url, with dots between them (RFC 7519 section 3). */
export interface SignedToken {
  /** As JSON. */
  header: string;
  /** What it says, as JSON. */
  claims: string;
  /** As sent. No two tokens have the same one, so it names the token. */
  signature: string;
}

/** Returns the parts of a token; null for any other value. */
export function parseToken(value: string): SignedToken | null {
  const [, first, second, signature] = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(value) ?? [];
  if (!first || !second || !signature) return null;
  const header = decodeBase64url(first);
  const claims = decodeBase64url(second);
  // RFC 7515 section 4.1.1: every header names its algorithm.
  if (header === null || claims === null || !('alg' in fieldsOf(header))) return null;
  return { header, claims, signature };
}

/** Whom a token names, and until when. `expiresAt` in ms since 1970; null when it does not expire. */
export function readClaims(claims: string): { userId: number | null; role: string; expiresAt: number | null } {
  const { sub, role, exp } = fieldsOf(claims);
  const userId = typeof sub === 'string' && /^\d+$/.test(sub) ? Number(sub) : null;
  return {
    userId,
    role: typeof role === 'string' ? role : '',
    expiresAt: typeof exp === 'number' ? exp * 1000 : null,
  };
}

function fieldsOf(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The engine knows neither Buffer nor atob. Returns null for what is no text in UTF-8. */
function decodeBase64url(text: string): string | null {
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(6, '0')).join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  try {
    return decodeURIComponent(
      bytes.map((byte) => `%${Number.parseInt(byte, 2).toString(16).padStart(2, '0')}`).join(''),
    );
  } catch {
    return null;
  }
}
