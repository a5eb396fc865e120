/** Makes the reporters that a command asks for, each with its place to write to. */
import { resolve } from 'node:path';
import { styleText } from 'node:util';
import type { Caller } from './caller.ts';
import { locateIn, summary } from './githubPlaces.ts';
import type { Output, Reporter } from './reporter.ts';
import { githubReporter } from './reporters/github.ts';
import { htmlReporter, readTemplate } from './reporters/html.ts';
import { jsonReporter } from './reporters/json.ts';
import { junitReporter } from './reporters/junit.ts';
import { markdownReporter } from './reporters/markdown.ts';
import { prettyReporter } from './reporters/pretty.ts';
import { tapReporter } from './reporters/tap.ts';
import { inFile, requireWritable } from './reportFile.ts';
import type { ReporterChoice, ReporterName } from './settings.ts';
import { together } from './together.ts';

/**
 * Returns one reporter that tells all of them. Files are written when it is told that the run has finished, each as a whole.
 *
 * @throws WrongUsage when a file cannot be written
 */
export function createReporting(
  choices: readonly ReporterChoice[],
  caller: Pick<Caller, 'stdout' | 'folder' | 'environment'>,
): Reporter {
  const reporters = choices.map(({ name, file }) => {
    if (file === null) return create(name, standardOutput(caller), caller);
    const path = resolve(caller.folder, file);
    requireWritable(path, file);
    return inFile(path, file, (output) => create(name, output, caller));
  });
  return together(reporters);
}

function create(name: ReporterName, output: Output, caller: Pick<Caller, 'folder' | 'environment'>): Reporter {
  switch (name) {
    case 'pretty':
      return prettyReporter(output);
    case 'json':
      return jsonReporter(output);
    case 'junit':
      return junitReporter(output);
    case 'tap':
      return tapReporter(output);
    case 'markdown':
      return markdownReporter(output);
    case 'html':
      return htmlReporter(output, readTemplate());
    case 'github':
      return together([githubReporter(output, { locate: locateIn(caller) }), ...summary(caller)]);
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
