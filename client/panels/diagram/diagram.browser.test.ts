import { test } from 'vitest';
import { expectClearLabels } from '../../../testing/page/lifelines.ts';
import { sharedTab } from '../../../testing/page/tab.ts';

const tab = sharedTab();

// In windows of other sizes: diagram.full.test.ts. The traces of all scenarios in all of them, without a browser: testing/labels.ts.
test('no lifeline runs through a label on a laptop, where the diagram is as wide as other tests believe', () =>
  expectClearLabels(tab, 1280, 800));
