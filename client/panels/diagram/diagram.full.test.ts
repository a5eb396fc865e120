import { test } from 'vitest';
import { expectClearLabels } from '../../../testing/page/lifelines.ts';
import { sharedTab } from '../../../testing/page/tab.ts';

const tab = sharedTab();

test.each([
  [1024, 768],
  [1280, 800],
  [1440, 900],
  [1920, 1080],
])(
  'no lifeline runs through a label in a window of %i pixels, where the diagram is as wide as other tests believe',
  (width, height) => expectClearLabels(tab, width, height),
);
