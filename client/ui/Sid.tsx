/** Session ids on the page. Each has one color and one shape everywhere, in the order in which the trace shows them first. */
import { Followable } from './Followable.tsx';
import './Sid.css';
import { placeOfSid, sidsIn } from './sidsIn.ts';

/** Nobody has to tell session ids apart by color alone. From the seventh id on, each color has another shape than before. */
const shapes = ['●', '◆', '▲', '■', '★', '⬟'] as const;

interface SidProps {
  sid: string;
  /** All session ids of the trace, in their order. */
  sids: readonly string[];
  /** How many characters there is room for. With none, the shape stands alone. */
  most?: number;
}

/** A session id as a chip: its shape and its first characters in its color. `data-chip` is what a click on it follows. */
export function Sid({ sid, sids, most }: SidProps) {
  return (
    <span className="sid" data-sid={colorOf(sid, sids)} data-chip={sid} title={sid}>
      <span className="sid-shape" aria-hidden="true">
        {sidShape(sid, sids)}
      </span>
      {shortSid(sid, most)}
    </span>
  );
}

/** A word in a text that can be followed, apart from the session IDs. */
export interface NamedWord {
  word: string;
  /** As scenarios/engine/followed.ts makes it. */
  name: string;
  /** For a screen reader: "key throttle:source:3f". */
  what: string;
}

interface WithSidsProps {
  text: string;
  sids: readonly string[];
  /** The prefix of the sandbox's keys, which the app does not know. It is dimmed. */
  namespace?: string;
  words?: readonly NamedWord[];
  /** Whether the text is in a button. */
  inButton?: boolean;
}

/** A text as it went over the wire: each session id has its color, and a click follows it, or another word that has a name. */
export function WithSids({ text, sids, namespace = '', words = [], inButton = false }: WithSidsProps) {
  const whole = words.map(({ word }) => word);
  const present = sidsIn(text, sids);
  return splitAt(text, [...present, ...(namespace ? [namespace] : [])], whole).map((piece, index) => {
    // biome-ignore-start lint/suspicious/noArrayIndexKey: the pieces of one text never change their order
    if (piece === namespace) {
      return (
        <span key={index} className="key-namespace">
          {piece}
        </span>
      );
    }
    const named = words.find(({ word }) => word === piece);
    if (named) {
      return (
        <Followable key={index} name={named.name} what={named.what} inButton={inButton}>
          {piece}
        </Followable>
      );
    }
    if (!present.includes(piece)) return piece;
    return (
      <Followable
        key={index}
        name={piece}
        what={`session ${piece}`}
        className="wire-sid"
        style={{ color: sidColor(piece, sids) }}
        inButton={inButton}
      >
        {piece}
      </Followable>
    );
    // biome-ignore-end lint/suspicious/noArrayIndexKey: see above
  });
}

/**
 * Splits a text before and after each occurrence of one of the words. Joined again, the pieces are the text.
 *
 * @param whole further words, which count only where no other letter touches them
 */
export function splitAt(text: string, words: readonly string[], whole: readonly string[] = []): string[] {
  const escaped = (word: string) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  // The longest first: a name can be the start of another one.
  const bounded = whole.toSorted((a, b) => b.length - a.length).map((word) => `(?<![\\w-])${escaped(word)}(?![\\w-])`);
  const patterns = [...bounded, ...words.map(escaped)];
  if (patterns.length === 0) return [text];
  return text.split(new RegExp(`(${patterns.join('|')})`)).filter((piece) => piece !== '');
}

/** Returns the CSS color of a session id. */
export const sidColor = (sid: string, sids: readonly string[]) => `var(--sid-${colorOf(sid, sids)})`;

/** Returns the shape of a session id: ● for the first one, ◆ for the second, … */
export function sidShape(sid: string, sids: readonly string[]): string {
  const index = sidIndex(sid, sids);
  return shapes[(index + Math.floor(index / shapes.length)) % shapes.length]!;
}

/** Characters. A session id that is no longer is shown as it is. */
const wholeSid = 9;

/**
 * Returns the first characters of a session id: enough to tell the few ids of a trace apart.
 *
 * @param most how many characters there is room for, the sign that it goes on included; with fewer than two, nothing is left of it
 */
export function shortSid(sid: string, most = wholeSid): string {
  if (sid.length <= Math.min(most, wholeSid)) return sid;
  return most < 2 ? '' : `${sid.slice(0, Math.min(6, most - 1))}…`;
}

function sidIndex(sid: string, sids: readonly string[]): number {
  const index = placeOfSid(sid, sids);
  return index === -1 ? sids.length : index;
}

const colorOf = (sid: string, sids: readonly string[]) => sidIndex(sid, sids) % shapes.length;
