import { everyContext } from './contexts/table.ts';
import { compareOldCookies, compareTables } from './tables.ts';
import { everyVector } from './vectors/table.ts';
import { old } from './visits/cookies.ts';
import { everyVisit } from './visits/table.ts';

compareTables({ contexts: everyContext, visits: everyVisit, vectors: everyVector }, true);
compareOldCookies(old);
