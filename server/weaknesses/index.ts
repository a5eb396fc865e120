import type { Parts } from '../app/parts.ts';
import type { readSettings } from '../app/settings.ts';
import { table } from './table.ts';

export type Weakness = Partial<Parts> & { readSettings?: typeof readSettings };

/** What people get wrong. Each file exports what it replaces under the name that this has in the app. */
const weaknesses: Record<string, () => Promise<Weakness>> = table;

export const weaknessNames = Object.keys(weaknesses);

/** Loads the weakness of this name. Undefined if there is none. */
export const loadWeakness = (name: string): Promise<Weakness> | undefined =>
  Object.hasOwn(weaknesses, name) ? weaknesses[name]?.() : undefined;
