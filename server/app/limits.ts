import { z } from 'zod';

/** Settings as a process gets them: names and text. */
export type Environment = Record<string, string | undefined>;

/** Milliseconds, as text: `1800000`, and neither `30m` nor nothing. */
const milliseconds = z
  .string('It must be set, in milliseconds.')
  .regex(/^[1-9]\d*$/, 'It must be a whole number of milliseconds, such as 1800000.')
  .transform(Number);

const environment = z.object({ SESSION_IDLE_MS: milliseconds, SESSION_ABSOLUTE_MS: milliseconds });

/**
 * The limits of a session, in milliseconds, from SESSION_IDLE_MS and SESSION_ABSOLUTE_MS. An environment is text whatever it
 * looks like, so it becomes numbers here, before there is an app: what is wrong ends the start and not the first visit.
 * @throws Error with the name of each setting that is missing or no number, and what it should be
 */
export function readLimits(from: Environment): { idle: number; absolute: number } {
  const { data, error } = environment.safeParse(from);
  if (error) throw new Error(`The app cannot start with these settings.\n${z.prettifyError(error)}`);
  return { idle: data.SESSION_IDLE_MS, absolute: data.SESSION_ABSOLUTE_MS };
}
