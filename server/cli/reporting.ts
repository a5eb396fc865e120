/** Makes the reporters that a command asks for, each with its place to write to. */
import { resolve } from 'node:path';
import { styleText } from 'node:util';
import type { Caller } from './caller.ts';
import type { Output, Reporter } from './reporter.ts';
import { inFile, requireWritable } from './reportFile.ts';
import type { ReporterChoice, ReporterName } from './settings.ts';
import { together } from './together.ts';

/**
 * Returns one reporter that tells all of them. Files are written when it is told that the run has finished, each as a whole.
 *
 * @throws WrongUsage when a file cannot be written
 */
export async function createReporting(
  choices: readonly ReporterChoice[],
  caller: Pick<Caller, 'stdout' | 'folder' | 'environment'>,
): Promise<Reporter> {
  const reporters = choices.map(async ({ name, file }) => {
    const create = await load(name, caller);
    if (file === null) return create(standardOutput(caller));
    const path = resolve(caller.folder, file);
    requireWritable(path, file);
    return inFile(path, file, create);
  });
  return together(await Promise.all(reporters));
}

/** Loads what makes a reporter. A run needs one or two, and what the table draws with takes as long to load as some scenarios to play. */
async function load(
  name: ReporterName,
  caller: Pick<Caller, 'folder' | 'environment'>,
): Promise<(output: Output) => Reporter> {
  switch (name) {
    case 'pretty':
      return (await import('./reporters/pretty.ts')).prettyReporter;
    case 'json':
      return (await import('./reporters/json.ts')).jsonReporter;
    case 'junit':
      return (await import('./reporters/junit.ts')).junitReporter;
    case 'tap':
      return (await import('./reporters/tap.ts')).tapReporter;
    case 'markdown':
      return (await import('./reporters/markdown.ts')).markdownReporter;
    case 'html': {
      const { htmlReporter, readTemplate } = await import('./reporters/html.ts');
      const template = readTemplate();
      return (output) => htmlReporter(output, template);
    }
    case 'github': {
      const { githubReporter } = await import('./reporters/github.ts');
      const { locateIn, summary } = await import('./githubPlaces.ts');
      return (output) => together([githubReporter(output, { locate: locateIn(caller) }), ...summary(caller)]);
    }
  }
}

function standardOutput({ stdout }: Pick<Caller, 'stdout'>): Output {
  return {
    write: (text) => void stdout.write(text),
    columns: stdout.columns || 80,
    // styleText respects the terminal, NO_COLOR and FORCE_COLOR.
    paint: (color, text) => styleText(color, text, { stream: stdout }),
  };
}
