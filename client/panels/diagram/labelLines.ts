/** How a label that is longer than its space is broken into lines. Pure. */
import type { LabelPart } from './label.ts';
import { elidedToFit, labelWidth, shortenToFit } from './widths.ts';

/** More would make a paragraph of an arrow. The whole text is in the tooltip and in the details. */
const mostLines = 3;

/**
 * Breaks a label into lines of at most `room` px. What matters less is left out where that makes one line of it; else it breaks
 * between its parts and between words. Only a word that is longer than a line is shortened, and what is left after the last line.
 */
export function linesOf(parts: readonly LabelPart[], room: number): LabelPart[][] {
  const short = shortenToFit(parts, room);
  if (labelWidth(short) <= room) return [short];
  const lines: LabelPart[][] = [];
  for (const unit of unitsOf(short, room)) {
    const last = lines.at(-1) ?? [];
    const longer = joined(last, labelWidth([...last, ...unit]) <= room ? unit : elidedBeside(last, unit, room));
    if (last.length > 0 && labelWidth(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(unit);
  }
  return lines.length <= mostLines ? lines : [...lines.slice(0, mostLines - 1), cut(lines[mostLines - 1]!, room)];
}

/** A key is shortened rather than put below its command, as long as this much of it can be read. Characters. */
const recognizable = 18;

function elidedBeside(line: readonly LabelPart[], unit: LabelPart[], room: number): LabelPart[] {
  const [part] = unit;
  const isKey = part && 'text' in part && part.follows !== undefined;
  if (!isKey || part.text.length <= recognizable) return unit;
  const text = elidedToFit(part.text, room - labelWidth([...line, { ...part, text: '' }]));
  return text.length < recognizable ? unit : [{ ...part, text }];
}

/** What stays in one line: an ID with its `sess:`, a time to live with its `EX`, or a word. */
function unitsOf(parts: readonly LabelPart[], room: number): LabelPart[][] {
  const units: LabelPart[][] = [];
  for (const part of parts) {
    const before = units.at(-1)?.at(-1);
    const belongs = before && 'text' in before && (before.tone === 'prefix' || before.text === 'EX');
    if (belongs && labelWidth([...units.at(-1)!, part]) <= room) units.at(-1)!.push(part);
    else if ('sid' in part || labelWidth([part]) <= room) units.push([part]);
    else units.push(...part.text.split(' ').map((text) => [{ ...part, text: elidedToFit(text, room) }]));
  }
  return units;
}

/** Words of one text are one text again. */
function joined(line: readonly LabelPart[], unit: readonly LabelPart[]): LabelPart[] {
  const [before, [first, ...rest]] = [line.at(-1), unit];
  if (
    !first ||
    !before ||
    'sid' in before ||
    'sid' in first ||
    before.tone !== first.tone ||
    before.follows !== first.follows
  )
    return [...line, ...unit];
  return [...line.slice(0, -1), { ...before, text: `${before.text} ${first.text}` }, ...rest];
}

/** Ends a line with the sign that it goes on. */
function cut(line: LabelPart[], room: number): LabelPart[] {
  const [before, last] = [line.slice(0, -1), line.at(-1)!];
  const mark: LabelPart = { text: '…', tone: 'dim' };
  if ('sid' in last) return labelWidth([...line, mark]) <= room ? [...line, mark] : line;
  let { text } = last;
  while (text !== '' && labelWidth([...before, { ...last, text: `${text}…` }]) > room) text = text.slice(0, -1);
  return [...before, { ...last, text: `${text}…` }];
}
