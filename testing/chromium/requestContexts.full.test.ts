import { compareContexts } from './contexts/comparison.ts';
import { everyContext } from './contexts/table.ts';

compareContexts(everyContext);
