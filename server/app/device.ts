import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import { type Services, signingSecret } from './services.ts';
import { cookieAttributes } from './session.ts';

const name = '__Host-device';
const oneYear = 365 * 24 * 60 * 60 * 1000;

/** A cookie that says which accounts' owners have logged in here before. It opens nothing; it only tells devices apart. */
export function rememberDevice(services: Services, res: Response, userId: number): void {
  res.cookie(name, `${userId}.${sign(services, userId)}`, { ...cookieAttributes, maxAge: oneYear });
}

/** The device's mark when it is known for this user; undefined otherwise. */
export function knownDevice(services: Services, req: Request, userId: number | undefined): string | undefined {
  if (userId === undefined) return undefined;
  const given =
    req
      .get('cookie')
      ?.split('; ')
      .find((cookie) => cookie.startsWith(`${name}=`))
      ?.slice(name.length + 1) ?? '';
  const expected = Buffer.from(`${userId}.${sign(services, userId)}`);
  const actual = Buffer.from(given);
  return expected.length === actual.length && timingSafeEqual(expected, actual) ? given : undefined;
}

const sign = (services: Services, userId: number) =>
  createHmac('sha256', signingSecret(services)).update(`device:${userId}`).digest('base64url');
