import { ownerOf, partsOf } from '../app/auth/rememberTokens.ts';
import type { Context } from '../app/parts.ts';
import type { TakenToken } from '../app/takenToken.ts';

/** Accepts the token of a device whenever it comes. It stays the same for thirty days. */
export async function takeRememberToken(context: Context, value: string): Promise<TakenToken | undefined> {
  const { series, token } = partsOf(value);
  const user = await ownerOf(context, series);
  const isToken = (await context.redis.hget(series, 'token')) === token;
  return user && isToken ? { user, series, stolen: false } : undefined;
}
