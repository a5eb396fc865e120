import { everyContext } from './contexts/table.ts';
import { compareTables } from './tables.ts';
import { everyVisit } from './visits/table.ts';

// tables.full.test.ts compares all of them.
compareTables(
  everyContext.filter((_, index) => index % 5 === 0),
  everyVisit.filter((_, index) => index % 15 === 0),
);
