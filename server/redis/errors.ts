/** Why a real Redis cannot be used and how to get one, in sentences for people. */
import type { RedisTarget } from './target.ts';
import { TimedOut } from './within.ts';

/** Thrown when there is no real Redis to connect to. The message says why and holds no user or password. */
export class RedisUnavailable extends Error {
  override name = 'RedisUnavailable';
}

/** Thrown when something answers, but cannot hold sandboxes. The message continues a sentence that starts with the address. */
export class UnsuitableServer extends Error {
  override name = 'UnsuitableServer';
}

/**
 * Returns a sentence that says why a connection could not be made or used. It quotes the server's own message if there is no
 * better explanation, but never a user or a password.
 */
export function explain(error: unknown, target: RedisTarget): string {
  return `${target.address} ${reasonFor(error instanceof Error ? error : new Error(String(error)), target)}.`;
}

/** Returns why the server with this reply to INFO cannot hold sandboxes, as the rest of a sentence; null when it can. */
export function whyUnsuitable(info: string): string | null {
  const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  if (field('redis_version') === undefined) return 'is not Redis: it answers PING, but not INFO';
  if (field('loading') === '1') return byReply.LOADING!;
  if (field('role') === 'slave' && field('slave_read_only') !== '0') return 'is a read-only replica; name its primary';
  if (field('redis_mode') === 'cluster') return 'is a node of a Redis Cluster; a sandbox needs a standalone server';
  if (field('redis_mode') === 'sentinel') return 'is a Sentinel, which stores nothing; name the primary it monitors';
  return null;
}

/**
 * Returns three ways to get a real Redis.
 *
 * @param configured the address in REDIS_URL, or null when it is not set
 */
export function waysToGetOne(configured: string | null, localPort: number, platform = process.platform): string[] {
  const server = `a server on 127.0.0.1:${localPort}: docker run --rm -p 127.0.0.1:${localPort}:6379 redis.`;
  const program = `redis-server, which is then started and stopped for you: ${installation[platform] ?? "your system's package of Redis"}.`;
  return configured
    ? [
        `Start the Redis at ${configured}, or correct REDIS_URL.`,
        `Unset REDIS_URL and run ${server}`,
        `Unset REDIS_URL and install ${program}`,
      ]
    : [
        'Set REDIS_URL to a Redis you have: redis://user:password@host:port, or rediss:// for TLS.',
        `Run ${server}`,
        `Install ${program}`,
      ];
}

const installation: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'sudo apt install redis-server (Debian, Ubuntu), sudo dnf install redis (Fedora)',
  darwin: 'brew install redis',
  win32: 'Memurai from memurai.com, or redis-server inside WSL',
};

const untrusted = 'shows a certificate that this machine does not trust; name its CA file in NODE_EXTRA_CA_CERTS';
const noTls = 'does not speak TLS; redis:// (without the second s) is the unencrypted protocol';

/** The rest of the sentence, by `error.code`. */
const byCode: Record<string, string> = {
  ECONNREFUSED: 'refuses connections: nothing listens there',
  ENOTFOUND: 'has a host name that does not exist',
  EAI_AGAIN: 'has a host name that cannot be resolved at the moment',
  EHOSTUNREACH: 'cannot be reached from this network',
  ENETUNREACH: 'cannot be reached from this network',
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_HAS_EXPIRED: 'shows a TLS certificate that has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'shows a TLS certificate made for another host name',
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
};

/** The rest of the sentence, by the first word of a Redis error reply. */
const byReply: Record<string, string> = {
  NOAUTH: 'requires a password; put it into REDIS_URL, as in redis://:password@host:port',
  WRONGPASS: 'refuses the user and password in REDIS_URL',
  LOADING: 'is still loading its data; try again in a moment',
  MASTERDOWN: 'is a replica that has lost its primary; name the primary',
  DENIED: 'runs in protected mode, which refuses connections from other machines',
  OOM: 'is full and evicts nothing, so it refuses to store more (maxmemory-policy noeviction)',
  READONLY: 'is a read-only replica; name its primary',
  MISCONF: 'cannot save to its disk, so it refuses to store anything',
  NOREPLICAS: 'has too few replicas, so it refuses to store anything',
  BUSY: 'is busy with a script, and answers nothing else until that ends',
};

/** Returns what a reply says of the state of Redis, as the rest of a sentence. @param reply within a script, it stands after more words */
export function stateIn(reply: string): string | undefined {
  const word = reply.match(/\b[A-Z]{3,}\b/g)?.find((word) => Object.hasOwn(byReply, word));
  return word === undefined ? undefined : byReply[word];
}

function reasonFor(error: Error & { code?: string }, target: RedisTarget): string {
  if (error instanceof UnsuitableServer) return error.message;
  if (error instanceof TimedOut || error.code === 'ETIMEDOUT' || error.message === 'Command timed out') {
    // A Redis without TLS takes the TLS greeting for the beginning of a command and waits for the rest.
    const likely = target.encrypted ? 'does not speak TLS (then use redis://)' : 'is not Redis';
    return `does not answer in time: it is frozen, overloaded, out of reach, or ${likely}`;
  }
  if (error.name === 'ParserError') return 'is not Redis: its answer is not in the Redis protocol';
  if (
    /^(Connection is closed|Reached the max retries)/.test(error.message) ||
    error.code === 'ECONNRESET' ||
    error.code === 'EPIPE'
  ) {
    return `closes the connection at once${target.encrypted ? '' : '; if it speaks TLS only, use rediss://'}`;
  }
  const known = byCode[error.code ?? ''] ?? byReply[error.message.split(' ')[0] ?? ''];
  if (/max number of clients/.test(error.message)) return 'has as many clients as it allows (maxclients)';
  if (known) return known;
  if (/DB index/i.test(error.message)) return 'has no database of that number; most servers have 0 to 15';
  if (/^ERR invalid password/i.test(error.message)) return byReply.WRONGPASS!;
  return `cannot be used; it answers: ${target.conceal(error.message).replace(/\s+/g, ' ').replace(/\.$/, '')}`;
}
