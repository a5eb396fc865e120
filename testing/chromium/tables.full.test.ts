import { everyContext } from './contexts/table.ts';
import { compareTables } from './tables.ts';
import { everyVisit } from './visits/table.ts';

compareTables(everyContext, everyVisit, true);
