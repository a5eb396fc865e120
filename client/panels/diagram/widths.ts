/** How wide labels are, and how they are made shorter. Pure. */
import { elided } from '../../ui/textWidth.ts';
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

/**
 * Drops `extra` parts, the last ones first, and then says `= same` and `+ new` for what is beside an ID anyway, until the label fits.
 * A label that cannot fit keeps the rest.
 */
export function shortenToFit(parts: readonly LabelPart[], room: number): LabelPart[] {
  const kept = dropToFit(parts, room);
  return labelWidth(kept) <= room ? kept : kept.map(brief);
}

const brief = (part: LabelPart): LabelPart =>
  'text' in part && (part.tone === 'same' || part.tone === 'new')
    ? { ...part, text: part.text.replace(/ ID$/, '') }
    : part;

function dropToFit(parts: readonly LabelPart[], room: number): LabelPart[] {
  let kept = [...parts];
  while (labelWidth(kept) > room) {
    const index = kept.findLastIndex((part) => 'text' in part && part.tone === 'extra');
    if (index === -1) break;
    kept = kept.toSpliced(index, 1);
  }
  return kept;
}

/** Shortens a text until it is no wider than `room` px. */
export function elidedToFit(text: string, room: number): string {
  let most = Math.floor(room / letter);
  while (most > 1 && textWidth(elided(text, most)) > room) most -= 1;
  return elided(text, most);
}
