import { everyContext } from './contexts/table.ts';
import { compareOldCookies, compareTables } from './tables.ts';
import { old } from './visits/cookies.ts';
import { everyVisit } from './visits/table.ts';

compareTables(everyContext, everyVisit, true);
compareOldCookies(old);
