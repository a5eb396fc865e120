/** Starts the files that take longest first, so that none of them is left alone at the end of its group. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Longest first. Vitest remembers how long a file took, but not in a fresh checkout, where it goes by the size of the file. */
export const slowest = [
  'client/workshop/workshop.browser.test.ts',
  'client/panels/play/freePlay.browser.test.ts',
  'client/pages/page.browser.test.ts',
  'client/export/export.browser.test.ts',
  'client/compare/compare.browser.test.ts',
  'testing/page/accessibility.browser.test.ts',
  'client/pages/scenarios.browser.test.ts',
  'server/lab/scenarios.mock.even.test.ts',
  'server/lab/scenarios.mock.odd.test.ts',
  'scenarios/engine/whoIsWho.test.ts',
  'scenarios/engine/follow.test.ts',
  'scripts/imports.test.ts',
  'server/main.test.ts',
  'server/cli/main.test.ts',
];

export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = slowest.findIndex((file) => moduleId.endsWith(file));
      return found === -1 ? slowest.length : found;
    };
    const sorted = await super.sort(files);
    return sorted.sort((one, other) => place(one) - place(other));
  }
}
