import { sidColor } from './Sid.tsx';

interface Props {
  text: string;
  sids: readonly string[];
  /** Text that the app does not know of, to be dimmed where a key starts with it. */
  namespace?: string;
}

/** Text as it went over the wire, the session ids in it in their colours. */
export function WithSids({ text, sids, namespace = '' }: Props) {
  return pieces(text, [...sids, ...(namespace ? [namespace] : [])]).map((piece, index) => {
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
      <span key={index} className="wire-sid" style={{ color: sidColor(piece, sids) }}>
        {piece}
      </span>
    );
    // biome-ignore-end lint/suspicious/noArrayIndexKey: see above
  });
}

/** The text cut at every occurrence of the words; joined again it is the text. */
export function pieces(text: string, words: readonly string[]): string[] {
  if (words.length === 0) return [text];
  const escaped = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return text.split(new RegExp(`(${escaped.join('|')})`)).filter((piece) => piece !== '');
}
