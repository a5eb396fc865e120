import './Sid.css';

/** One shape per session id, so that nobody has to tell them apart by colour alone. From the seventh on they repeat. */
export const sidShapes = ['●', '◆', '▲', '■', '★', '⬟'] as const;

/** The CSS variable with a session id's colour: by the order of first appearance in the trace. */
export function sidColor(sid: string, sids: readonly string[]): string {
  return `var(--sid-${sidIndex(sid, sids)})`;
}

/** A session id's shape: ● for the first one seen, ◆ for the second, … */
export function sidShape(sid: string, sids: readonly string[]): string {
  return sidShapes[sidIndex(sid, sids)]!;
}

/** The first characters of a session id: enough to tell the few in one trace apart. */
export function shortSid(sid: string): string {
  return sid.length > 9 ? `${sid.slice(0, 6)}…` : sid;
}

/** A session id as a chip: its shape and first characters in its colour, the same wherever it shows up. */
export function Sid({ sid, sids, full = false }: { sid: string; sids: readonly string[]; full?: boolean }) {
  return (
    <span className="sid" data-sid={sidIndex(sid, sids)} title={full ? undefined : sid}>
      <span className="sid-shape" aria-hidden="true">
        {sidShape(sid, sids)}
      </span>
      {full ? sid : shortSid(sid)}
    </span>
  );
}

function sidIndex(sid: string, sids: readonly string[]): number {
  const index = sids.indexOf(sid);
  return (index === -1 ? sids.length : index) % sidShapes.length;
}
