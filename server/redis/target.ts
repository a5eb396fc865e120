import { isIP } from 'node:net';
import { Redis, type RedisOptions } from 'ioredis';

/** Thrown when REDIS_URL is malformed. The message says how it should look and repeats nothing that may be a secret. */
export class BadRedisUrl extends Error {
  override name = 'BadRedisUrl';
}

/** A Redis to connect to. Its credentials stay inside `open`, where neither a log nor util.inspect can reach them. */
export interface RedisTarget {
  /** For people: `redis.example:6380 (TLS), database 2`; never a user or a password. */
  readonly address: string;
  readonly encrypted: boolean;
  /** On this machine, so it answers in milliseconds or not at all. */
  readonly loopback: boolean;
  /** Returns the command that opens redis-cli there. null: the user needs no help, because there is no password or they know it. */
  readonly cli: (() => string) | null;
  open(options: RedisOptions): Redis;
  /** Returns the server's message without our credentials. Redis answers an unknown AUTH, for example, with its arguments. */
  conceal(message: string): string;
}

const form = 'redis://[user:password@]host[:port][/database], or rediss:// for TLS';

/**
 * Returns the server on 127.0.0.1 at that port.
 * @param password null: it needs none
 */
export function targetOnLoopback(port: number, password: string | null = null): RedisTarget {
  return {
    address: `127.0.0.1:${port}`,
    encrypted: false,
    loopback: true,
    // No argument of redis-cli, because all users of a machine see those.
    cli: password === null ? null : () => `REDISCLI_AUTH=${password} redis-cli -p ${port}`,
    open: (options) => new Redis(port, '127.0.0.1', { ...options, ...(password !== null && { password }) }),
    conceal: (message) => (password === null ? message : message.replaceAll(password, '***')),
  };
}

/**
 * Parses REDIS_URL.
 *
 * @throws BadRedisUrl when it is malformed. Its message repeats nothing of the URL, because any part of a malformed one may be
 *   a part of the password.
 */
export function targetFromUrl(text: string): RedisTarget {
  const url = requireUrl(text);
  const encrypted = url.protocol === 'rediss:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const database = requireDatabase(url);
  const port = requirePort(url);
  const secrets = [requireDecodable(url.password), requireDecodable(url.username)].filter(
    (secret) => secret !== '' && secret !== 'default',
  );
  return {
    address: `${url.hostname}:${port}${encrypted ? ' (TLS)' : ''}${database ? `, database ${database}` : ''}`,
    encrypted,
    cli: null,
    loopback: host === 'localhost' || host === '::1' || host.startsWith('127.'),
    // `href`, not the text: ioredis 5.11 connects without TLS when the protocol is in capitals (`REDISS:`).
    open: (options) =>
      new Redis(url.href, {
        ...options,
        // Node sends no server name by default, and hosts that serve many databases select the certificate by it.
        ...(encrypted && { tls: isIP(host) ? {} : { servername: host } }),
      }),
    conceal: (message) => secrets.reduce((safe, secret) => safe.replaceAll(secret, '***'), message),
  };
}

function requireUrl(text: string): URL {
  // `new URL` would throw an error that holds the whole input, including the password.
  if (!URL.canParse(text)) {
    throw new BadRedisUrl(
      `REDIS_URL is not a URL. It looks like ${form}; the port is a number from 1 to 65535, and special characters in ` +
        'the password are percent-encoded (node -p "encodeURIComponent(\'…\')").',
    );
  }
  const url = new URL(text);
  if (url.protocol !== 'redis:' && url.protocol !== 'rediss:') {
    throw new BadRedisUrl(`REDIS_URL has a protocol other than redis: and rediss:. It looks like ${form}.`);
  }
  if (url.hostname === '') throw new BadRedisUrl(`REDIS_URL names no host. It looks like ${form}.`);
  if (url.search !== '' || url.hash !== '') {
    throw new BadRedisUrl(
      `REDIS_URL has something after the database number. It looks like ${form}; a ? or # in the password must be ` +
        'written %3F or %23.',
    );
  }
  return url;
}

function requirePort(url: URL): number {
  const port = url.port === '' ? 6379 : Number(url.port);
  if (port === 0)
    throw new BadRedisUrl('REDIS_URL has port 0. A port is a number from 1 to 65535; the default of Redis is 6379.');
  return port;
}

function requireDatabase(url: URL): number {
  const database = url.pathname.replace(/^\//, '');
  if (!/^\d{0,9}$/.test(database)) {
    throw new BadRedisUrl(
      'REDIS_URL has something other than a database number after the host. A / in the password must be written %2F.',
    );
  }
  return Number(database);
}

function requireDecodable(credential: string): string {
  try {
    return decodeURIComponent(credential);
  } catch {
    throw new BadRedisUrl(
      'REDIS_URL has a % in its user or password that encodes nothing. A literal % must be written %25.',
    );
  }
}
