import { createContext } from 'react';
import type { KeyHelp } from './pageKey.ts';

/** The keys that the page has in addition where it is part of something else, such as a workshop. Its help lists them first. */
export const MoreKeysContext = createContext<readonly KeyHelp[]>([]);
