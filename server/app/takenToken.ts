import type { User } from './db.ts';

/** What the token of a remembered device leads to. */
export interface TakenToken {
  user: User;
  /** The key of the series. */
  series: string;
  /** The token has come before: the user's devices are in the hands of two people. */
  stolen: boolean;
  /** The cookie that takes the place of this one, and the milliseconds until the series ends. */
  next?: { value: string; maxAge: number };
}
