import { compareContexts } from './contexts/comparison.ts';
import { everyContext } from './contexts/table.ts';

// requestContexts.full.test.ts compares all of them.
compareContexts(everyContext.filter((_, index) => index % 3 === 0));
