import type { User } from './db.ts';

/**
 * What the token of a remembered device leads to. It has a file of its own because two files need it: parts.ts, and
 * auth/rememberTokens.ts, which imports parts.ts.
 */
export interface TakenToken {
  user: User;
  /** The key of the series. */
  series: string;
  /** The token was used before, so two people have the cookie. */
  stolen: boolean;
  /** The cookie that takes the place of this one, and the milliseconds until the series ends. */
  next?: { value: string; maxAge: number };
}
