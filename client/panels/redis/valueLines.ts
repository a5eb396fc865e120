/** A value of any Redis type as lines of text. Pure. */
import type { KeyValue } from '../../../scenarios/engine/trace.ts';
import { jsonLines } from '../../ui/jsonLines.ts';

export function linesOf(value: KeyValue): string[] {
  switch (value.type) {
    case 'string':
      return jsonLines(value.data);
    case 'hash':
      return Object.entries(value.data).map(([field, text]) => `${field}: ${text}`);
    case 'set':
      // A set has no order; a stable one keeps unchanged members unmarked.
      return value.data.toSorted();
    case 'list':
      return value.data;
    case 'zset':
      return value.data.map(([member, score]) => `${score}: ${member}`);
  }
}
