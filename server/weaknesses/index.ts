import type { Parts } from '../app/parts.ts';
import type { readSettings } from '../app/settings.ts';
import * as table from './table.ts';

export type Weakness = Partial<Parts> & { readSettings?: typeof readSettings };

/** What people get wrong. Each file exports what it replaces under the name that this has in the app. */
export const weaknesses: Record<string, Weakness> = { ...table };
