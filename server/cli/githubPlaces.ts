/** Where GitHub finds what a report is about, and where it reads a summary. */
import { appendFileSync, readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import type { Caller } from './caller.ts';
import { InfrastructureFailed } from './errors.ts';
import type { Reporter } from './reporter.ts';
import { markdownReporter } from './reporters/markdown.ts';
import { stepLines } from './stepLines.ts';
import { whyNotWritten } from './writing.ts';

/** Paths as the repository has them: GitHub finds no file by another one. */
export function locateIn({ folder, environment }: Pick<Caller, 'folder' | 'environment'>) {
  const root = environment.GITHUB_WORKSPACE || folder;
  return (file: string, step: number, { steps }: Scenario) => {
    const path = relative(root, file).split(sep).join('/');
    return {
      file: path,
      line: lineOf(
        file,
        step,
        steps.map(({ title }) => title),
      ),
    };
  };
}

function lineOf(file: string, step: number, titles: readonly string[]): number | null {
  try {
    return stepLines(readFileSync(file, 'utf8'), titles)[step] ?? null;
  } catch {
    return null;
  }
}

/** The page of a workflow run shows this file, in which each step of the workflow adds its own. */
export function summary({ environment }: Pick<Caller, 'environment'>): Reporter[] {
  const file = environment.GITHUB_STEP_SUMMARY;
  if (!file) return [];
  const write = (text: string) => {
    try {
      appendFileSync(file, text);
    } catch (error) {
      throw new InfrastructureFailed(
        `GITHUB_STEP_SUMMARY: ${file} cannot be written: ${whyNotWritten(error as Error)}.`,
      );
    }
  };
  return [markdownReporter({ write })];
}
