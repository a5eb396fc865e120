import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import { cookieNamed } from '../cookies.ts';
import { type Services, signingSecret } from '../services.ts';
import { cookieAttributes } from '../session.ts';

const name = '__Host-device';
const oneYear = 365 * 24 * 60 * 60 * 1000;

/**
 * Sets a cookie which says that this user has logged in on this device: `<user id>.<random>.<signature>`. It opens nothing.
 * It only tells devices apart for the throttle, so each device gets a random part of its own.
 */
export function rememberDevice(services: Services, res: Response, userId: number): void {
  const device = `${userId}.${randomBytes(12).toString('base64url')}`;
  res.cookie(name, `${device}.${sign(services, device)}`, { ...cookieAttributes, maxAge: oneYear });
}

/** Returns the device cookie when this user has logged in on this device before, and undefined otherwise. */
export function knownDevice(services: Services, req: Request, userId: number | undefined): string | undefined {
  if (userId === undefined) return undefined;
  const given = cookieNamed(req, name) ?? '';
  const [user, random] = given.split('.');
  if (user !== String(userId)) return undefined;
  const expected = Buffer.from(`${user}.${random}.${sign(services, `${user}.${random}`)}`);
  const actual = Buffer.from(given);
  return expected.length === actual.length && timingSafeEqual(expected, actual) ? given : undefined;
}

const sign = (services: Services, device: string) =>
  createHmac('sha256', signingSecret(services)).update(`device:${device}`).digest('base64url');
