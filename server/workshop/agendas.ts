/** The agendas that come with the sandbox, and those of an instructor. */
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { closestMatch } from 'leven';
import type { Scenario } from '../../scenarios/engine/scenario.ts';
import type { Agenda, Agendas } from '../../scenarios/engine/workshop.ts';
import { scenarios as ours } from '../../scenarios/index.ts';
import { readAgenda, WrongAgenda } from './agenda.ts';

/** Their names, the shortest day first. */
export const shippedAgendas = ['45-minutes', '90-minutes', '180-minutes'] as const;

export const isShipped = (name: string): name is (typeof shippedAgendas)[number] =>
  shippedAgendas.some((shipped) => shipped === name);

/** Returns one that comes with the sandbox. */
export function shippedAgenda(name: (typeof shippedAgendas)[number]): Agenda {
  const text = readFileSync(new URL(`./agendas/${name}.md`, import.meta.url), 'utf8');
  return readAgenda(text, name, ours);
}

/** Returns what the page offers to choose from. */
export const offeredAgendas = (): Agendas['offered'] =>
  shippedAgendas.map((name) => {
    const { title, scenarios } = shippedAgenda(name);
    return { name, title, minutes: scenarios.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0) };
  });

/**
 * Returns the agenda that a command line names: one that comes with the sandbox, or a Markdown file.
 *
 * @param folder where a relative path begins
 * @param scenarios what a file may name
 * @throws WrongAgenda
 */
export function findAgenda(nameOrFile: string, folder: string, scenarios: readonly Scenario[] = ours): Agenda {
  if (isShipped(nameOrFile)) return shippedAgenda(nameOrFile);
  return readAgenda(textOf(nameOrFile, folder), basename(nameOrFile), scenarios);
}

function textOf(nameOrFile: string, folder: string): string {
  try {
    return readFileSync(resolve(folder, nameOrFile), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw new WrongAgenda(nameOrFile, [`It cannot be read (${code}).`]);
    const meant = closestMatch(nameOrFile, shippedAgendas, { maxDistance: Math.ceil(nameOrFile.length / 3) });
    const others = meant ? `Did you mean ${meant}?` : `These come with the sandbox: ${shippedAgendas.join(', ')}.`;
    throw new WrongAgenda(nameOrFile, [`There is no such file. ${others}`]);
  }
}
