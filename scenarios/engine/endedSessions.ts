/** How many sessions a request ended, of how many. Pure. */
import type { Deed } from './deeds.ts';
import type { KeyView } from './marks.ts';
import type { View } from './read.ts';
import { textOf } from './recordsAt.ts';
import { userIn } from './sessionRecord.ts';

/** What the sentence about a deed says of it: in place of its words, or after them. */
interface Ended {
  instead: string | null;
  after: string;
}

const nothing: Ended = { instead: null, after: '' };

/** Returns how many of the sessions that it was about ended, as the records in Redis tell. */
export function endedBy({ words, request, exchanges, of, browser }: Deed, view: View): Ended {
  const isPassword = words.thing === 'a new password';
  if (words.kind !== 'ends' && !isPassword) return nothing;
  const all = request.startsWith('POST /admin/sessions');
  const user = all ? null : (of ?? (browser.means ?? browser.meant)?.name ?? browser.owner);
  const own = exchanges.at(-1)!.request.sid;
  const there = view.keys.filter((key) => key.before !== null && isOf(key, user, view));
  const meant = all ? there : there.filter(({ sid }) => sid !== own);
  // A login in the same step deletes the record that it replaces.
  const sent = new Set(exchanges.flatMap(({ commands }) => commands.map(({ id }) => id)));
  const ended = meant.filter(
    ({ mark, cause }) => mark === 'removed' && cause.by === 'command' && sent.has(cause.command),
  ).length;
  if (meant.length === 0) {
    // A session that began within the step may have ended in it, too.
    const endsOne = exchanges.some(({ keys }) => keys.some(({ sid, change }) => sid !== null && change === 'deleted'));
    return request.endsWith('/end-others') && !endsOne ? { instead: 'ended no other session', after: '' } : nothing;
  }
  const other = meant.length === there.length ? '' : 'other ';
  const isDeleted = (sid: string | null) =>
    exchanges.some(({ keys }) => keys.some((key) => key.sid === sid && key.change === 'deleted'));
  if (ended === 0 && meant.some(({ sid }) => isDeleted(sid)))
    return { instead: null, after: ', but its record was written again' };
  if (request.endsWith('/end') && ended === 0)
    return { instead: 'was told that a session ended, but no record was deleted', after: '' };
  if (request.endsWith('/end')) return nothing;
  // The session of who ended all of them may have begun in the same step.
  const begun = all ? begunAndDeleted(exchanges, there) : 0;
  const which = counted(ended + begun, meant.length + begun, other);
  if (all || request.endsWith('/end-others')) {
    if (ended === 0)
      return {
        instead: all ? null : 'ended no other session',
        after: `${all ? ', but' : ':'} ${goOn(meant.length, other)}`,
      };
    return { instead: `ended ${which}`, after: '' };
  }
  if (ended > 0) return { instead: null, after: `, which ended ${which}` };
  return { instead: null, after: other === '' ? ', which ended no session' : `, and ${goOn(meant.length, other)}` };
}

/** How many sessions a request deleted that began after the step had. */
function begunAndDeleted(exchanges: Deed['exchanges'], there: readonly KeyView[]): number {
  const deleted = exchanges.flatMap(({ keys }) =>
    keys.flatMap(({ sid, change }) => (change === 'deleted' ? sid : null) ?? []),
  );
  return new Set(deleted.filter((sid) => !there.some((key) => key.sid === sid))).size;
}

function counted(ended: number, all: number, other: string): string {
  if (all === 1) return `the ${other}session`;
  if (ended === 2 && all === 2) return `both ${other}sessions`;
  return ended === all ? `all ${all} ${other}sessions` : `${ended} of ${all} ${other}sessions`;
}

const goOn = (count: number, other: string) =>
  count === 1 ? `the ${other}session goes on` : `${count} ${other}sessions go on`;

function isOf({ sid, before }: KeyView, user: string | null, view: View): boolean {
  if (sid === null) return false;
  const named = userIn(sid, textOf(before), view)?.name;
  return user === null ? named !== undefined : named === user;
}
