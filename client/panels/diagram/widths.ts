/** How wide labels are, and how they are made shorter. Pure. */
import type { LabelPart } from './label.ts';

/** A letter of JetBrains Mono at 11.5 px is 6.9 px wide. A chip has seven of them, a shape, and padding. */
const letter = 6.9;
/** The font has no such sign: it comes from another one, and is wider. */
const sign = 11.5;
const chip = 69;
const space = 5;
/** `sess:` stands closer to the id after it. */
const prefixSpace = 2;

/** Returns the width of a label in px, rounded up. */
export function labelWidth(parts: readonly LabelPart[]): number {
  const widths = parts.map((part) => ('sid' in part ? chip : textWidth(part.text)));
  const spaces = parts.slice(0, -1).map((part) => ('text' in part && part.tone === 'prefix' ? prefixSpace : space));
  return Math.ceil([...widths, ...spaces].reduce((sum, one) => sum + one, 0));
}

function textWidth(text: string): number {
  const signs = text.match(/[✕≠→]/g)?.length ?? 0;
  return (text.length - signs) * letter + signs * sign;
}

/** Shortens a text in its middle, because its start and its end tell it from others. */
export function elided(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = Math.floor((most - 1) / 3);
  return `${text.slice(0, most - 1 - end)}…${text.slice(text.length - end)}`;
}

/** A shorter text could not be recognized. Characters. */
const fewest = 7;

/**
 * Drops `extra` parts, the last ones first, says `= same` and `+ new` for what is beside an ID anyway, and then shortens texts, the longest ones first, until the label fits. A label that
 * cannot fit keeps its texts.
 */
export function shortenToFit(parts: LabelPart[], room: number): LabelPart[] {
  const whole = briefToFit(dropToFit(parts, room), room);
  let kept = whole;
  while (labelWidth(kept) > room) {
    const lengths = kept.map((part, index) => (canShorten(part, index) ? part.text.length : 0));
    const longest = lengths.indexOf(Math.max(...lengths));
    const part = kept[longest];
    if (!part || !canShorten(part, longest)) return whole;
    const excess = Math.ceil((labelWidth(kept) - room) / letter);
    kept = kept.with(longest, { ...part, text: elided(part.text, Math.max(fewest, part.text.length - excess)) });
  }
  return kept;
}

/** Paths and names are. The method or the command, which comes first, what changes, and several words are not: half a word says nothing. */
const canShorten = (part: LabelPart, index: number): part is Extract<LabelPart, { text: string }> =>
  'text' in part &&
  part.text.length > fewest &&
  !part.text.includes(' ') &&
  !(part.tone === 'name' && index === 0) &&
  !['same', 'new', 'differs'].includes(part.tone);

const briefToFit = (parts: LabelPart[], room: number) =>
  labelWidth(parts) <= room
    ? parts
    : parts.map((part) =>
        'text' in part && (part.tone === 'same' || part.tone === 'new')
          ? { ...part, text: part.text.replace(/ ID$/, '') }
          : part,
      );

/** Drops `extra` parts, the last ones first, until the label fits. */
function dropToFit(parts: LabelPart[], room: number): LabelPart[] {
  let kept = parts;
  while (labelWidth(kept) > room) {
    const index = kept.findLastIndex((part) => 'text' in part && part.tone === 'extra');
    if (index === -1) break;
    kept = kept.toSpliced(index, 1);
  }
  return kept;
}
