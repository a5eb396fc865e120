/** The option `--workers` of the commands that serve the page. */
import { WrongUsage } from './errors.ts';

/** Each takes some 150 MB. */
const mostWorkers = 16;

export const workersText = 'processes for the sandboxes of people at other machines [none]';

/** @throws WrongUsage for anything but a number of processes */
export function readWorkers(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count <= mostWorkers) return count;
  throw new WrongUsage(`--workers must be a number from 0 to ${mostWorkers}, not "${text}".`);
}
