/** Which of several words for the same thing a box of the picture has room for. Pure. */
import { briefPageText, type LastAnswer, pageText } from '../../../scenarios/engine/lastAnswer.ts';
import type { Browser } from '../../../scenarios/engine/whoIsWho.ts';
import { gotText } from '../../../scenarios/engine/whoIsWhoLines.ts';
import { fitting } from '../../ui/textWidth.ts';
import { countdownText } from '../../ui/timeText.ts';

/** px of a letter of an ID, and of what stands beside its letters: the shape with its gap. Measured in JetBrains Mono. */
const monoLetter = 6.95;
const besideLetters = 13.5;

/** Returns how many letters of a value there is room for. @param room px */
export const charactersOf = (room: number): number => Math.max(0, Math.floor(room / monoLetter));

/**
 * Returns how many characters of an ID there is room for beside its shape: whole ones, because a chip that ends in half a letter or has no
 * right edge looks like another one.
 *
 * @param room px within the padding of its chip
 */
export const charactersIn = (room: number): number => charactersOf(room - besideLetters);

/**
 * Returns the letters of a remember token, as "1Bg…Wk4t…"; in little room only what tells the tokens of one series apart.
 *
 * @param token the first letters of the series, and of the token where the cookie holds one: "1Bg…Wk4t"
 * @param room px within the padding of its chip
 */
export function tokenLetters(token: string, room: number): string {
  const [series = '', own] = token.split('…');
  const whole = `${token}…`;
  if (whole.length * monoLetter <= room) return whole;
  return own === undefined ? `${series.slice(0, 4)}…` : `…${own}`;
}

/** Returns what a browser got last and what its streams bring, in every length, the longest first. None if it asked for nothing. */
export function answerTexts(browser: Pick<Browser, 'answer' | 'unanswered' | 'streams'>): string[] {
  const { answer } = browser;
  const got = gotText(browser);
  const pages = answer ? pageTexts(answer) : got ? [got, got.replace('got ', '')] : [];
  const [stream, short] = streamTexts(browser.streams);
  if (stream === undefined || short === undefined) return pages;
  // Where there is no room for both, what still comes says more.
  return [...pages.slice(0, 2).map((page) => `${page}, ${stream}`), stream, short];
}

/** Who it was about says more than where it came from, and that says more than nothing. */
function pageTexts(answer: LastAnswer): string[] {
  const anybody = { ...answer, about: null };
  const anywhere = { ...anybody, by: null };
  return [answer, anybody, anywhere].flatMap((one) => [pageText(one), briefPageText(one)]);
}

/** "got 2 events" in this step, else "stream open", and the same in fewer letters. None without a stream. */
export function streamTexts({ open, heard }: Browser['streams']): string[] {
  const events = `${heard} ${heard === 1 ? 'event' : 'events'}`;
  if (heard > 0) return [`got ${events}`, events];
  return open > 0 ? ['stream open', 'stream'] : [];
}

/** "29:57 left"; the number alone where there is little room. @param ms until it expires */
export function timeLeftText(ms: number, room: number): string {
  const time = countdownText(ms);
  return fitting([`${time} left`, time], room);
}
