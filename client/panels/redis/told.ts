/** What was last done to a key, and by whom, in words. Pure. */
import type { KeyView } from '../../../scenarios/engine/marks.ts';

/** The word beside the mark. */
export function changeWord({ mark, change }: KeyView): string {
  if (mark === 'removed') return change;
  if (mark === 'changed' && change === 'ttl') return 'TTL';
  return mark ?? '';
}

/**
 * "by SET", "by hand": who or what changed it.
 * @param nameOf the name of a command, by its number in the trace
 */
export function told({ change, cause, mark }: KeyView, nameOf: (command: number) => string | undefined): string {
  switch (cause.by) {
    case 'manual':
      return mark === null ? 'set by hand' : 'by hand';
    case 'outside':
      return mark === null ? 'set from outside' : 'from outside the sandbox';
    case 'time':
      return change === 'expired' ? 'its time to live was over' : 'by time';
    case 'command':
      return `${mark === null ? 'last changed by' : 'by'} ${nameOf(cause.command)?.toUpperCase() ?? 'a command'}`;
  }
}
