import { test } from 'vitest';
import { phone } from '../../testing/page/fit.ts';
import { sharedTab } from '../../testing/page/tab.ts';
import { expectTourToFit } from '../../testing/page/tour.ts';

const tab = sharedTab({ withTour: true });

test('the tour covers nothing that it points at, fits a phone, and does not come back', () =>
  expectTourToFit(tab, phone));
