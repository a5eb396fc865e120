import { expect, test } from 'vitest';
import { inMinutes } from './testSeconds.ts';

test.each([
  [0, '0 min 0 s'],
  [59.4, '0 min 59 s'],
  [59.6, '1 min 0 s'],
  [204, '3 min 24 s'],
])('%d seconds are %s', (seconds, text) => expect(inMinutes(seconds)).toBe(text));
