/** Where the bars of answer times stand, and how long they are. Pixels; pure. */
import type { AnswerTimes } from '../../../scenarios/engine/answerTimes.ts';
import { fitting } from '../../ui/textWidth.ts';
import { type Box, clamp, right } from './layout/geometry.ts';
import type { Picture } from './layout/picture.ts';

export interface TimeBars {
  /** Beside the browser; null where other things stand there. */
  box: Box | null;
  /** "trying accounts: quickest of 6 took 62 ms", or as much of it as there is room for. */
  text: string;
  bars: Bar[];
}

export interface Bar {
  width: number;
  height: number;
  isQuickest: boolean;
  /** Whether the answer took longer than there is room for, so that the bar is no measure of it. */
  isCut: boolean;
}

/** Pixels of the line of words above the bars, and of the gap below it. */
export const textHeight = 17;
export const textSize = 11.5;

/** Pixels of "no session", and of the gap beside it. */
const besideBrowser = 84;

/** From how many answers on their quickest is told. */
const leastToCompare = 3;

/**
 * Lays out the bars of one browser.
 *
 * @param longest ms that a bar has the whole width for: see `scaleOf`
 */
export function timeBars({ actor, times, quickest }: AnswerTimes, longest: number, picture: Picture): TimeBars {
  const box = roomBeside(picture, actor.name);
  const room = box ?? { width: picture.width, height: 56 };
  const pitch = clamp((room.height - textHeight) / times.length, 2, 10);
  return {
    box,
    text: fitting(texts(actor.label, times.length, quickest), room.width, textSize),
    bars: times.map((ms, index) => ({
      width: clamp((ms / longest) * room.width, 1, room.width),
      height: pitch - 1,
      isCut: ms > longest,
      isQuickest: times.indexOf(quickest) === index,
    })),
  };
}

/** Returns the room beside a browser, right of the words that it has no session; null unless that holds for each browser. */
function roomBeside({ width, height, browsers, lines, records, tokens, people, others }: Picture, name: string) {
  const own = browsers.find(({ browser }) => browser.actor.name === name)?.box;
  const isFree = lines.every(({ cookie, browser }) => cookie === null && browser !== null);
  if (!own || !isFree || others || records.length + tokens.length + people.length > 0) return null;
  const x = right(own) + 10 + besideBrowser;
  const row = Math.min(60, height / browsers.length - 2);
  return { x, y: own.y + own.height / 2 - row / 2, width: width - x, height: row };
}

function texts(label: string, count: number, quickest: number): string[] {
  // "Mallory, trying accounts"
  const what = label.split(/,\s*/)[1] ?? label;
  const ms = `${quickest.toFixed(0)} ms`;
  if (count < leastToCompare) return [`${what}: ${ms}`, ms];
  return [`${what}: the quickest of ${count} took ${ms}`, `${what}: quickest ${ms}`, `${what}: ${ms}`, ms];
}

/** How many times as long as the quickest answers a bar may be. Load can delay one answer by seconds, which would leave the others no length. */
const mostDelay = 2.5;

/** Returns the ms that a bar has the whole width for. */
export function scaleOf(times: readonly AnswerTimes[]): number {
  const longest = Math.max(...times.flatMap((one) => one.times));
  return Math.max(1, Math.min(longest, mostDelay * Math.max(...times.map(({ quickest }) => quickest))));
}
