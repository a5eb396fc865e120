import { beforeAll, vi } from 'vitest';
import { findTestBrowser } from '../programs/needs.ts';
import { everyContext } from './contexts/table.ts';
import { compareTables } from './tables.ts';
import { everyVector } from './vectors/table.ts';
import { everyVisit } from './visits/table.ts';

// tables.full.test.ts uses the Chromium that people have.
beforeAll(() => vi.stubEnv('CHROME_PATH', findTestBrowser()));

// tables.test.ts compares all of them with what is recorded of Chromium, and tables.full.test.ts with Chromium itself.
compareTables({
  contexts: everyContext.filter((_, index) => index % 20 === 0),
  visits: everyVisit.filter((_, index) => index % 60 === 0),
  vectors: everyVector.filter((_, index) => index % 60 === 0),
});
