import { lazily } from '../../../ui/lazily.ts';

/** The highlighter and the app's files: too much for the first page. */
export const lazyCode = lazily(() => import('./CodeView.tsx'));
export const lazyDiff = lazily(() => import('../diff/DiffView.tsx'));
export const loadedLater = [lazyCode, lazyDiff];
