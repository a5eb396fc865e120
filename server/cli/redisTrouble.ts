import type { TraceEvent } from '../../scenarios/engine/trace.ts';
import { refusalOf } from '../redis/failures.ts';

/**
 * Returns what Redis did to a run, as a sentence: it was lost, refused commands, or lost keys; null when it was only asked. What a
 * scenario does to its Redis on purpose is recorded as a fault and does not count.
 */
export function redisTrouble(events: readonly TraceEvent[], namespace: string): string | null {
  const disturbed = events.some(({ type }) => type === 'fault');
  for (const event of events) {
    if (event.type === 'store' && event.status === 'lost') return 'The connection to Redis was lost during the run.';
    if (event.type === 'command' && event.error !== null) {
      const refusal = refusalOf(event.error);
      if (refusal !== null) return `Redis refused a command during the run. ${refusal}`;
      if (!disturbed && silent.test(event.error)) return 'Redis did not answer in time during the run.';
    }
    if (event.type === 'step-ended' && event.error !== null && !disturbed && ofRedis.test(event.error))
      return event.error;
    if (event.type === 'key' && event.change === 'deleted' && event.cause.by === 'outside' && !disturbed) {
      const name = event.key.replace(namespace, '');
      return `The key ${name} was deleted during the run, but not by the app: Redis was full and evicted it, or another program deleted it.`;
    }
  }
  return null;
}

/** What the app got instead of a reply. */
const silent =
  /^(Command timed out|Connection is closed|The connection to Redis|There is no connection to Redis|Socket timeout)/;

/** The sentences of server/redis/failures.ts, with which a step ends that asked Redis itself. */
const ofRedis = /^(Redis|The connection to Redis|There is no connection to Redis|The user in REDIS_URL)\b/;
