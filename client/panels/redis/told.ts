/** What was last done to a key, and by whom, in words. Pure. */
import type { KeyView } from '../../../scenarios/engine/marks.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';

/** The word beside the mark. */
export function changeWord({ mark, change }: KeyView): string {
  if (mark === 'removed') return change;
  if (mark === 'changed' && change === 'ttl') return 'TTL';
  return mark ?? '';
}

/** "by SET", "by hand": who or what changed it. */
export function told({ change, cause, mark }: KeyView, events: readonly TraceEvent[]): string {
  switch (cause.by) {
    case 'hand':
      return mark === null ? 'set by hand' : 'by hand';
    case 'outside':
      return mark === null ? 'set from outside' : 'from outside the sandbox';
    case 'time':
      return change === 'expired' ? 'its time to live was over' : 'by time';
    case 'command': {
      const { command } = cause;
      const issued = events.find((event) => event.type === 'command' && event.id === command);
      const name = issued?.type === 'command' ? issued.name.toUpperCase() : 'a command';
      return `${mark === null ? 'last changed by' : 'by'} ${name}`;
    }
  }
}
