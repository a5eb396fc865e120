/** The settings of the app, from environment variables. These are text, even when they look like numbers. */
import { z } from 'zod';

export type Environment = Record<string, string | undefined>;

/** The values of variables that are not set. SESSION_SECRET has none: a secret that everybody can read is no secret. */
const defaults = {
  HOST: '127.0.0.1',
  PORT: '3000',
  LOCAL_DEVELOPMENT: 'no',
  PUBLIC_ORIGIN: 'https://shop.example',
  TRUSTED_PROXIES: '1',
  REDIS_URL: 'redis://127.0.0.1:6379',
  BCRYPT_COST: '12',
  FRONT_END_ORIGINS: '',
  SESSION_IDLE_MS: '1800000',
  SESSION_ABSOLUTE_MS: '28800000',
  PASSWORD_RECENT_MS: '300000',
};

const milliseconds = z
  .string()
  .regex(/^[1-9]\d*$/, 'It must be a whole number of milliseconds, such as 1800000.')
  .transform(Number);

function wholeNumber(least: number, most: number) {
  const error = `It must be a whole number from ${least} to ${most}.`;
  return z
    .string()
    .regex(/^\d+$/, error)
    .transform(Number)
    .refine((number) => least <= number && number <= most, error);
}

const secretRule =
  'It must be set to at least 32 random characters, such as the output of ' +
  `node -p "crypto.randomBytes(32).toString('base64url')". Separate several secrets with commas: the first one signs.`;

/** A browser writes an origin in lower case, without a path, and without the usual port. Only the same text is the same origin. */
const isOrigin = (text: string) => /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;

const originRule = 'It must be a scheme and a host, such as https://shop.example, without a path.';

/** Addresses that only this machine reaches. */
const loopback = ['127.0.0.1', '::1', 'localhost'];

const fields = z.object({
  HOST: z.string(),
  PORT: wholeNumber(0, 65_535),
  NODE_ENV: z.string().optional(),
  LOCAL_DEVELOPMENT: z.enum(['yes', 'no'], 'It must be yes or no.'),
  PUBLIC_ORIGIN: z.string().refine(isOrigin, originRule),
  // The app itself speaks plain HTTP, and without a proxy that says https, no browser would get a cookie.
  TRUSTED_PROXIES: wholeNumber(1, 10),
  REDIS_URL: z.url({
    protocol: /^rediss?$/,
    error: 'It must be a URL such as redis://user:password@127.0.0.1:6379/0.',
  }),
  BCRYPT_COST: wholeNumber(10, 20),
  SESSION_SECRET: z
    .string(secretRule)
    .transform((text) => text.split(','))
    .refine((secrets) => secrets.every((secret) => secret.length >= 32), secretRule),
  FRONT_END_ORIGINS: z
    .string()
    .transform((text) => text.split(',').filter(Boolean))
    .refine(
      (origins) => origins.every(isOrigin),
      'It must be origins such as https://app.shop.example, without a path or a slash at the end, with commas between them.',
    ),
  SESSION_IDLE_MS: milliseconds,
  SESSION_ABSOLUTE_MS: milliseconds,
  PASSWORD_RECENT_MS: milliseconds,
});

/** What is meant for a developer's machine must not reach a server unnoticed. */
const variables = fields.refine(
  ({ LOCAL_DEVELOPMENT, HOST, NODE_ENV }) =>
    LOCAL_DEVELOPMENT === 'no' || (loopback.includes(HOST) && NODE_ENV !== 'production'),
  {
    path: ['LOCAL_DEVELOPMENT'],
    error: 'It is for one machine alone: HOST must be 127.0.0.1, and NODE_ENV must not be production.',
  },
);

/**
 * Returns the settings of the app. A variable that is empty counts as not set. The text becomes numbers before there is
 * an app, so that a mistake stops the start instead of failing the first visitor.
 *
 * @throws Error that names each variable that is wrong, and says what it should be
 */
export function readSettings(environment: Environment) {
  const set = Object.entries(environment).filter(([, text]) => text);
  const result = variables.safeParse({ ...defaults, ...Object.fromEntries(set) });
  if (!result.success) {
    throw new Error(`The app cannot start with these settings.\n${z.prettifyError(result.error)}`);
  }
  const values = result.data;
  return {
    host: values.HOST,
    port: values.PORT,
    localDevelopment: values.LOCAL_DEVELOPMENT === 'yes',
    publicOrigin: values.PUBLIC_ORIGIN,
    trustedProxies: values.TRUSTED_PROXIES,
    redisUrl: values.REDIS_URL,
    bcryptCost: values.BCRYPT_COST,
    secret: values.SESSION_SECRET,
    frontEnds: values.FRONT_END_ORIGINS,
    idleMs: values.SESSION_IDLE_MS,
    absoluteMs: values.SESSION_ABSOLUTE_MS,
    recentPasswordMs: values.PASSWORD_RECENT_MS,
  };
}
