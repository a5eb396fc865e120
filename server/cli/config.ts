/** The configuration file of the command line: the same settings, with the same values. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { asError } from '../../scenarios/engine/errors.ts';
import type { Caller } from './caller.ts';
import { WrongUsage } from './errors.ts';
import { importFile } from './importFile.ts';
import { looksLikeFile } from './selection.ts';
import { type Row, readSetting, type Settings, settings } from './settings.ts';
import { didYouMean } from './words.ts';

/** The first that exists is read. */
const usualNames = ['ts', 'js', 'mjs', 'json'].map((extension) => `session-sandbox.config.${extension}`);

/** What only the command line says. */
const notInFile: readonly (keyof Settings)[] = ['config', 'list', 'watch', 'only'];

export interface FromFile {
  /** Slugs, chapters and absolute paths. */
  wanted: string[];
  given: Partial<Settings>;
  /** The absolute path of the file; null when there is none. */
  file: string | null;
}

/**
 * Reads the configuration. Paths in it are relative to its folder.
 *
 * @param typed the path in `--config`; undefined for the usual file of the folder, if it has one
 * @param signal ends the wait for a file that is imported
 * @throws WrongUsage for a file that cannot be read, a setting that does not exist, or an invalid value
 */
export async function readConfig(
  typed: string | undefined,
  { folder, signal }: Pick<Caller, 'folder' | 'signal'>,
): Promise<FromFile> {
  const usual = usualNames.map((name) => join(folder, name)).find((file) => existsSync(file));
  const file = typed === undefined ? usual : resolve(folder, typed);
  if (file === undefined) return { wanted: [], given: {}, file: null };
  if (!existsSync(file)) throw new WrongUsage(`--config: there is no file ${file}.`);
  return { ...parseConfig(await load(file, signal), basename(file), dirname(file)), file };
}

async function load(file: string, signal: AbortSignal): Promise<unknown> {
  try {
    return file.endsWith('.json') ? JSON.parse(readFileSync(file, 'utf8')) : (await importFile(file, signal)).default;
  } catch (error) {
    signal.throwIfAborted();
    throw new WrongUsage(`${basename(file)} cannot be read. ${asError(error).message}`);
  }
}

/**
 * @param found what the file holds
 * @param name the name of the file, for messages
 * @param folder its folder
 */
export function parseConfig(found: unknown, name: string, folder: string): Omit<FromFile, 'file'> {
  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    throw new WrongUsage(`${name} must hold an object of settings: export default { reporter: 'tap' }.`);
  }
  const names = ['scenarios', ...Object.keys(settings).filter((key) => !notInFile.some((not) => not === key))];
  const given: Record<string, unknown> = {};
  let wanted: string[] = [];
  for (const [key, value] of Object.entries(found)) {
    if (!names.includes(key)) {
      throw new WrongUsage(
        `${name} has "${key}", which is no setting.${didYouMean(key, names)} The settings are ${names.join(', ')}.`,
      );
    }
    if (key === 'scenarios') wanted = readScenarios(value, name, folder);
    else given[key] = readValue<unknown>(settings[key as keyof Settings], value, `${key} in ${name}`);
  }
  return { wanted, given: inFolder(given as Partial<Settings>, folder) };
}

function readValue<Value>(row: Row<Value>, value: unknown, label: string): unknown {
  if (!row.read || (row.preset !== undefined && typeof value === 'boolean')) {
    if (typeof value !== 'boolean') throw new WrongUsage(`${label} must be true or false, not ${shown(value)}.`);
    return value && row.preset !== undefined ? row.read?.(row.preset) : value || undefined;
  }
  const values = row.several && Array.isArray(value) ? value : [value];
  const read = values.map((one) => {
    if (!['string', 'number'].includes(typeof one) && !(one instanceof RegExp)) {
      throw new WrongUsage(`${label} cannot be ${shown(one)}. ${row.advice}`);
    }
    return readSetting(row, label, String(one));
  });
  return row.several ? read.flat() : read[0];
}

function readScenarios(value: unknown, name: string, folder: string): string[] {
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) {
    throw new WrongUsage(`scenarios in ${name} must be a list of slugs, chapters or files: ['login', './mine.ts'].`);
  }
  return value.map((word) => (looksLikeFile(word) ? resolve(folder, word) : word));
}

function inFolder({ trace, reporter, ...given }: Partial<Settings>, folder: string): Partial<Settings> {
  return {
    ...given,
    ...(trace !== undefined && { trace: resolve(folder, trace) }),
    ...(reporter && {
      reporter: reporter.map(({ name, file }) => ({ name, file: file === null ? null : resolve(folder, file) })),
    }),
  };
}

const shown = (value: unknown) => JSON.stringify(value) ?? String(value);
