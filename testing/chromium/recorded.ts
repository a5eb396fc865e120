/** What Chromium did in the contexts, on the visits and with the vectors, as one short hash for each: enough to notice any difference without Chromium. */
import { createHash } from 'node:crypto';

export type Table = 'contexts' | 'visits' | 'vectors';

/** Where the hashes are, for tables.full.test.ts, which writes them, and tables.test.ts. */
export const recordedFile = (what: Table) => new URL(`recorded/${what}.txt`, import.meta.url);

/** @param lines what happened in each case */
export function asRecord(cases: readonly { name: string }[], lines: readonly string[][]): string {
  return cases.map(({ name }, index) => `${hashOf(lines[index]!)} ${JSON.stringify(name)}\n`).join('');
}

/** Returns the lines of a record. */
export const linesOf = (record: string): string[] => record.split(/\r?\n/).filter((line) => line !== '');

const hashOf = (lines: readonly string[]) =>
  createHash('sha256').update(lines.join('\n')).digest('base64url').slice(0, 8);
