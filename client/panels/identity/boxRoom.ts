/** Where a box of the picture stands, and how much room there is in it for words. Pure. */
import type { CSSProperties } from 'react';
import type { Box } from './layout/geometry.ts';

export const place = ({ x, y, width, height }: Box): CSSProperties => ({ left: x, top: y, width, height });

/** Pixels. Lower boxes have room for one line only: two need 33, and 2 for the border. */
const roomForTwoLines = 36;

export const isFlat = ({ height }: Box) => height < roomForTwoLines;

/** Pixels. A narrower box has room for the short words only: "Alice’s laptop" is "Laptop", because the badge says whose it is. */
export const narrow = 150;

/** Pixels between the padding of a box, which is less in a narrow picture. @param wide where a box is in a picture that is not */
export const insideOf = ({ width }: Box, wide: number) => width - (width < wide ? 14 : 20);

/** Pixels: how wide a browser, a record and a person are in the narrowest picture that has the usual padding (440 px). */
export const narrowBrowser = 132;
export const narrowRecord = 95;
export const narrowPerson = 75;
