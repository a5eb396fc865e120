/** Session ids on the page. Each has one color and one shape everywhere, in the order in which the trace shows them first. */
import './Sid.css';

/** Nobody has to tell session ids apart by color alone. From the seventh id on, colors and shapes repeat. */
const shapes = ['●', '◆', '▲', '■', '★', '⬟'] as const;

interface SidProps {
  sid: string;
  /** All session ids of the trace, in their order. */
  sids: readonly string[];
}

/** A session id as a chip: its shape and its first characters in its color. `data-chip` is what a click on it follows. */
export function Sid({ sid, sids }: SidProps) {
  return (
    <span className="sid" data-sid={sidIndex(sid, sids)} data-chip={sid} title={sid}>
      <span className="sid-shape" aria-hidden="true">
        {sidShape(sid, sids)}
      </span>
      {shortSid(sid)}
    </span>
  );
}

interface WithSidsProps {
  text: string;
  sids: readonly string[];
  /** The prefix of the sandbox's keys, which the app does not know. It is dimmed. */
  namespace?: string;
}

/** A text as it went over the wire, with each session id in its color. */
export function WithSids({ text, sids, namespace = '' }: WithSidsProps) {
  return splitAt(text, [...sids, ...(namespace ? [namespace] : [])]).map((piece, index) => {
    // biome-ignore-start lint/suspicious/noArrayIndexKey: the pieces of one text never change their order
    if (piece === namespace) {
      return (
        <span key={index} className="key-namespace">
          {piece}
        </span>
      );
    }
    if (!sids.includes(piece)) return piece;
    return (
      <span key={index} className="wire-sid" data-chip={piece} style={{ color: sidColor(piece, sids) }}>
        {piece}
      </span>
    );
    // biome-ignore-end lint/suspicious/noArrayIndexKey: see above
  });
}

/** Splits a text before and after each occurrence of one of the words. Joined again, the pieces are the text. */
export function splitAt(text: string, words: readonly string[]): string[] {
  if (words.length === 0) return [text];
  const escaped = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return text.split(new RegExp(`(${escaped.join('|')})`)).filter((piece) => piece !== '');
}

/** Returns the CSS color of a session id. */
export const sidColor = (sid: string, sids: readonly string[]) => `var(--sid-${sidIndex(sid, sids)})`;

/** Returns the shape of a session id: ● for the first one, ◆ for the second, … */
export const sidShape = (sid: string, sids: readonly string[]): string => shapes[sidIndex(sid, sids)]!;

/** Returns the first characters of a session id: enough to tell the few ids of a trace apart. */
export const shortSid = (sid: string) => (sid.length > 9 ? `${sid.slice(0, 6)}…` : sid);

function sidIndex(sid: string, sids: readonly string[]): number {
  const index = sids.indexOf(sid);
  return (index === -1 ? sids.length : index) % shapes.length;
}
