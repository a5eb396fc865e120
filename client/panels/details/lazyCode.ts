import { lazily } from '../../ui/lazily.ts';

/** The highlighter and the source files, which are too large for the first load of the page. */
export const lazyCode = lazily(() => import('./code/CodeView.tsx'));
export const lazyDiff = lazily(() => import('./diff/DiffView.tsx'));
export const loadedLater = [lazyCode, lazyDiff];
