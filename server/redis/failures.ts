/** What an error of a Redis command means, in sentences for people. It is told by what the error is, not by where it was thrown. */
import { ReplyError } from 'ioredis';

export interface RedisFailure {
  /** `refused`: Redis answers, and says why not. `silent`: no answer came. */
  kind: 'refused' | 'silent';
  /** What Redis said or did, as a sentence. */
  sentence: string;
}

/** Returns what an error says about Redis; null for an error of anything else. */
export function redisFailure(error: unknown): RedisFailure | null {
  if (!(error instanceof Error)) return null;
  if (isReply(error)) return { kind: 'refused', sentence: refusal(error.message) };
  const sentence = silence(error);
  return sentence === null ? null : { kind: 'silent', sentence };
}

/**
 * Returns what the app got instead of a reply, for the trace: the words of Redis and of its client, except for those that are about
 * the settings of the client.
 */
export function commandError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^(Reached the max retries|Stream isn't writeable)/.test(message) ? silence(error as Error)! : message;
}

const isReply = (error: Error) => error instanceof ReplyError || error.name === 'ReplyError';

/** What the first word of a reply means for a sandbox. */
const meanings: Record<string, string> = {
  OOM: 'Redis is full and evicts nothing, so it refuses to store more',
  READONLY: 'Redis has become a read-only replica, so it refuses to store anything',
  MISCONF: 'Redis cannot save to its disk, so it refuses to store anything',
  NOPERM: 'The user in REDIS_URL is not allowed to do this',
  NOAUTH: 'Redis requires a password now',
  WRONGPASS: 'Redis refuses the user and password in REDIS_URL',
  LOADING: 'Redis is loading its data and answers nothing yet',
  BUSY: 'Redis is busy with a script and answers nothing until that ends',
  MASTERDOWN: 'Redis is a replica that has lost its primary',
  NOREPLICAS: 'Redis has too few replicas, so it refuses to store anything',
  CLUSTERDOWN: 'Redis is a node of a cluster that is down',
  EXECABORT: 'Redis refuses one of the commands of a transaction, so it carried out none of them',
};

/** Returns what a reply says of the state of Redis, as a sentence; null for a reply to a command that is wrong, such as WRONGTYPE. */
export const refusalOf = (reply: string): string | null =>
  Object.hasOwn(meanings, /^\S*/.exec(reply)![0]) || /ACL failure/.test(reply) ? refusal(reply) : null;

function refusal(reply: string): string {
  const meaning = meanings[/^\S*/.exec(reply)![0]] ?? 'Redis refuses this';
  return `${meaning}. It says: ${reply.replace(/\s+/g, ' ').replace(/\.$/, '')}.`;
}

/** What ioredis 5.11 throws without a reply. It has classes of its own for two of these only. */
const silences: [RegExp, string][] = [
  [/^Command timed out/, 'Redis did not answer within a second.'],
  [/^Socket timeout/, 'Redis did not answer, so the connection was given up.'],
  [/^Reached the max retries/, 'The connection to Redis was lost before it answered.'],
  [/^Connection is closed/, 'The connection to Redis is closed.'],
  [/^Stream isn't writeable/, 'There is no connection to Redis.'],
  [/^connect ETIMEDOUT/, 'Redis cannot be reached.'],
];

const ofTheNetwork = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);

function silence(error: Error & { code?: string; syscall?: string }): string | null {
  const known = silences.find(([message]) => message.test(error.message));
  if (known) return known[1];
  return ofTheNetwork.has(error.code ?? '') && error.syscall !== undefined ? 'Redis cannot be reached.' : null;
}
