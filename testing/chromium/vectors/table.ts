/** The cookie vectors that are compared with Chromium. */
import { crowding } from './crowding.ts';
import { dating } from './dates.ts';
import { placing } from './domains.ts';
import { parsing } from './parsing.ts';
import { scripting } from './scripts.ts';
import { securing } from './secure.ts';
import type { Vector } from './vectors.ts';

export const everyVector: readonly Vector[] = [
  ...parsing,
  ...dating,
  ...placing,
  ...securing,
  ...scripting,
  ...crowding,
];
