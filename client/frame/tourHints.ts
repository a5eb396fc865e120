/** The hints of the tour, and where each one stands. Pure. */

type Side = 'above' | 'below' | 'left' | 'right';

export interface Hint {
  /** A selector of what the hint points at. */
  anchor: string;
  /** Where it stands if there is room. */
  side: Side;
  text: string;
  /** Where no running app is behind the page. Default: the same. */
  withoutApp?: string;
}

/** The one to look at after the first step. */
export const hintOnChanges: Hint = {
  anchor: '.frame-state',
  side: 'left',
  text: 'This is what the browsers and Redis hold; +, − and ~ mark what the step changed.',
};

export const hints: readonly Hint[] = [
  {
    anchor: '.identity-panel',
    side: 'below',
    text: 'Look here first: this picture shows who the shop thinks each browser is.',
  },
  {
    anchor: '.footer-steps [aria-label="Next step"]',
    side: 'above',
    text: 'Next step (or the key →) plays one step of the story on the real app; predict first what it answers, if you like.',
    withoutApp:
      'Next step (or the key →) shows one step of the story as the app answered it; predict first what it answers, if you like.',
  },
  hintOnChanges,
  {
    anchor: '.header [aria-label="Variant"]',
    side: 'below',
    text: 'The same steps play against a vulnerable app and a protected one; Both shows the two side by side.',
  },
  {
    anchor: '.frame-details [role="tablist"]',
    side: 'above',
    text: 'These tabs open the details: requests, Redis commands, code, and free play to attack the app yourself.',
    withoutApp: 'These tabs open the details: requests, Redis commands, code, and the log of everything that happened.',
  },
];

export interface Size {
  width: number;
  height: number;
}

export interface Rect extends Size {
  left: number;
  top: number;
}

/** Pixels between a hint and what it points at, and at least between a hint and the edge of the window. */
export const gap = 10;

/** Pixels from what a hint points at to the outer edge of the frame around it: the frame and the line inside it are 4 px wide. */
const ringWidth = 8;

/** Returns the place of the frame around an anchor: outside of it, so that it cuts no letter, and within the window. */
export function ringAround({ left, top, width, height }: Rect, window: Size): Rect {
  const [from, above] = [Math.max(0, left - ringWidth), Math.max(0, top - ringWidth)];
  const to = Math.min(window.width, left + width + ringWidth);
  const below = Math.min(window.height, top + height + ringWidth);
  return { left: from, top: above, width: to - from, height: below - above };
}

/** Returns the place of a hint beside its anchor, on the given side or else on another one; null when no side has room. */
export function besideAnchor(anchor: Rect, side: Side, hint: Size, window: Size): Pick<Rect, 'left' | 'top'> | null {
  const within = (start: number, size: number, room: number) => Math.max(gap, Math.min(start, room - size - gap));
  const left = within(anchor.left, hint.width, window.width);
  // At the lower end, where columns are empty at first.
  const top = within(anchor.top + anchor.height - gap - hint.height, hint.height, window.height);
  const places = {
    above: { left, top: anchor.top - gap - hint.height },
    below: { left, top: anchor.top + anchor.height + gap },
    left: { left: anchor.left - gap - hint.width, top },
    right: { left: anchor.left + anchor.width + gap, top },
  };
  const fits = (place: Pick<Rect, 'left' | 'top'>) =>
    place.left >= gap &&
    place.top >= gap &&
    place.left + hint.width + gap <= window.width &&
    place.top + hint.height + gap <= window.height;
  return [places[side], ...Object.values(places)].find(fits) ?? null;
}
