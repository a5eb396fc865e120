import { isIP } from 'node:net';
import { Redis, type RedisOptions } from 'ioredis';
import { BadRedisUrl } from './errors.ts';

/** A Redis to connect to. Its credentials stay inside `open`, where neither a log nor util.inspect can reach them. */
export interface RedisTarget {
  /** For people: `redis.example:6380 (TLS), database 2`; never a user or a password. */
  readonly address: string;
  readonly encrypted: boolean;
  /** On this machine: it answers in milliseconds or not at all. */
  readonly loopback: boolean;
  open(options: RedisOptions): Redis;
  /** The server's own words without our credentials: an unknown AUTH, for one, is answered with its arguments. */
  conceal(words: string): string;
}

const form = 'redis://[user:password@]host[:port][/database], or rediss:// for TLS';

/** The server on 127.0.0.1 at that port, without credentials. */
export function targetOnLoopback(port: number): RedisTarget {
  return {
    address: `127.0.0.1:${port}`,
    encrypted: false,
    loopback: true,
    open: (options) => new Redis(port, '127.0.0.1', options),
    conceal: (words) => words,
  };
}

/**
 * The server that REDIS_URL names.
 *
 * @throws BadRedisUrl when it cannot be understood. Nothing of the URL is repeated: in a malformed one, a piece of the
 *   password may stand anywhere.
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
    loopback: host === 'localhost' || host === '::1' || host.startsWith('127.'),
    // `href` and not the text: ioredis 5.11 takes a protocol in capitals (`REDISS:`) for one without TLS.
    open: (options) =>
      new Redis(url.href, {
        ...options,
        // Node sends no server name on its own, and hosts that serve many databases choose the certificate by it.
        ...(encrypted && { tls: isIP(host) ? {} : { servername: host } }),
      }),
    conceal: (words) => secrets.reduce((safe, secret) => safe.replaceAll(secret, '***'), words),
  };
}

function requireUrl(text: string): URL {
  // Not `new URL`: its error carries the whole input, password included.
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
      `REDIS_URL has something after the database number. It looks like ${form}; a ? or # in the password is written ` +
        '%3F or %23.',
    );
  }
  return url;
}

function requirePort(url: URL): number {
  const port = url.port === '' ? 6379 : Number(url.port);
  if (port === 0) throw new BadRedisUrl('REDIS_URL has port 0. A port is a number from 1 to 65535; Redis has 6379.');
  return port;
}

function requireDatabase(url: URL): number {
  const database = url.pathname.replace(/^\//, '');
  if (!/^\d{0,9}$/.test(database)) {
    throw new BadRedisUrl(
      'REDIS_URL has something other than a database number after the host. It is 0 unless the server has several; a ' +
        '/ in the password is written %2F.',
    );
  }
  return Number(database);
}

function requireDecodable(credential: string): string {
  try {
    return decodeURIComponent(credential);
  } catch {
    throw new BadRedisUrl('REDIS_URL has a % in its user or password that encodes nothing. A real % is written %25.');
  }
}
