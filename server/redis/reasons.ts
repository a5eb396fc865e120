import type { RedisTarget } from './target.ts';
import { Late } from './within.ts';

/** What is connected to can be asked, but is not a Redis that a sandbox can live in. */
export class Unfit extends Error {
  override name = 'Unfit';
}

const untrusted = 'shows a certificate that this machine does not trust; name its CA file in NODE_EXTRA_CA_CERTS';

/** What follows the address in a sentence, by `error.code`. */
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
  ERR_SSL_WRONG_VERSION_NUMBER: 'does not speak TLS; redis:// (without the second s) is the unencrypted protocol',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'does not speak TLS; redis:// (without the second s) is the unencrypted protocol',
};

/** The same, by the first word of an error reply of Redis. */
const byReply: Record<string, string> = {
  NOAUTH: 'wants a password; put it into REDIS_URL, as in redis://:password@host:port',
  WRONGPASS: 'refuses the user and password in REDIS_URL',
  LOADING: 'is still loading its data; try again in a moment',
  MASTERDOWN: 'is a replica that has lost its primary; name the primary',
  DENIED: 'runs in protected mode, which lets in nobody from another machine',
};

/**
 * Why a connection could not be made or used, as a sentence for people. Holds the server's own words where it has some,
 * never a user or a password.
 */
export function explain(error: unknown, target: RedisTarget): string {
  return `${target.address} ${what(error instanceof Error ? error : new Error(String(error)), target)}.`;
}

function what(error: Error & { code?: string }, target: RedisTarget): string {
  if (error instanceof Unfit) return error.message;
  if (error instanceof Late || error.code === 'ETIMEDOUT' || error.message === 'Command timed out') {
    // A Redis without TLS takes the TLS greeting for the beginning of a command, and waits for its end.
    const likely = target.encrypted ? 'does not speak TLS (then use redis://)' : 'is not Redis';
    return `does not answer in time: it is frozen, overloaded, out of reach, or ${likely}`;
  }
  if (error.name === 'ParserError') return 'is not Redis: it answers something else';
  if (error.message === 'Connection is closed.' || error.code === 'ECONNRESET' || error.code === 'EPIPE') {
    return `closes the connection at once${target.encrypted ? '' : '; if it speaks TLS only, use rediss://'}`;
  }
  const known = byCode[error.code ?? ''] ?? byReply[error.message.split(' ')[0] ?? ''];
  if (known) return known;
  if (/DB index/i.test(error.message)) return 'has no database of that number; most servers have 0 to 15';
  if (/^ERR invalid password/i.test(error.message)) return byReply.WRONGPASS!;
  return `cannot be used, it says: ${target.conceal(error.message).replace(/\s+/g, ' ').replace(/\.$/, '')}`;
}

/**
 * Why the server that gave this reply to INFO cannot hold sandboxes, as the end of a sentence; null when it can, or may
 * not say.
 */
export function unfitness(info: string | null): string | null {
  if (info === null) return null;
  const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  if (field('redis_version') === undefined) return 'is not Redis: it answers PING, but not INFO';
  if (field('loading') === '1') return byReply.LOADING!;
  if (field('role') === 'slave' && field('slave_read_only') !== '0') return 'is a read-only replica; name its primary';
  if (field('redis_mode') === 'cluster') return 'is a node of a Redis Cluster; a sandbox needs a server of its own';
  if (field('redis_mode') === 'sentinel') return 'is a Sentinel, which stores nothing; name the primary it watches';
  return null;
}
