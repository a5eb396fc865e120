import { takeRememberToken as usual } from '../app/auth/rememberTokens.ts';
import type { Context } from '../app/parts.ts';
import type { TakenToken } from '../app/takenToken.ts';

/** Replaces the token with each use, and refuses an old one as if it were invented. Nothing else ends. */
export async function takeRememberToken(context: Context, value: string): Promise<TakenToken | undefined> {
  const taken = await usual(context, value);
  return taken?.stolen ? undefined : taken;
}
