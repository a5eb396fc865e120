import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import type { Scenario } from '../../scenarios/engine/scenario.ts';

/** The scenarios of this project. */
export interface Catalogue {
  /** Undefined if there is none of this slug. */
  named(slug: string): Promise<Scenario | undefined>;
  /** In reading order. */
  all(): Promise<readonly Scenario[]>;
}

/** Loads only what is asked for, because to load all takes longer than to play one. */
export const catalogue: Catalogue = {
  async named(slug) {
    // The file of a scenario has its slug for a name. The folder holds other files, and a word may hold anything.
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) || slug === 'index') return undefined;
    // The extension of this file: the source's, or that of the JavaScript that was built from it.
    const file = new URL(`../../scenarios/${slug}${extname(import.meta.url)}`, import.meta.url);
    return existsSync(file) ? (await import(file.href)).default : undefined;
  },
  async all() {
    return (await import('../../scenarios/index.ts')).scenarios;
  },
};
