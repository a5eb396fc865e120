import { closestMatch } from 'leven';
import { hours, minutes } from '../../../scenarios/engine/durations.ts';
import { requireRepair } from '../../../scenarios/engine/repairs.ts';
import { type AppSetup, type Scenario, type Setup, setupFor, timesFor } from '../../../scenarios/engine/scenario.ts';
import type { Pace, Variant } from '../../../scenarios/engine/trace.ts';
import { defaultParts } from '../../app/app.ts';
import type { Parts } from '../../app/parts.ts';
import type { Services } from '../../app/services.ts';
import { SessionStore } from '../../app/sessionStore.ts';
import { readSettings } from '../../app/settings.ts';
import { loadWeakness, type Weakness, weaknessNames } from '../../weaknesses/index.ts';

/** The limits in scenarios that do not set any. Milliseconds. */
const usualLimits = { idle: minutes(30), absolute: hours(8) };

interface Deployed {
  variant: Variant;
  pace: Pace;
  repair?: string | undefined;
  parts?: Partial<Parts> | undefined;
}

/**
 * Decides what a sandbox runs before anything is started, so that a scenario that cannot be played leaves nothing behind.
 * @param how.repair one of the scenario's own repairs, in place of the fix
 * @param how.parts replace those of the variant
 * @throws Error for a weakness that does not exist, SandboxError for a repair that the scenario does not have
 */
export async function planDeployment(scenario: Scenario, how: Deployed) {
  requireRepair(scenario, how);
  const { variant, pace, repair, parts } = how;
  const setup = setupFor(scenario, variant);
  const times = timesFor(scenario, pace);
  // Looked up for both variants: a weakness that does not exist is a mistake in either.
  const weakness = await weaknessNamed(scenario.weakness, scenario.slug);
  const replaced = variant === 'vulnerable' ? weakness : await weaknessNamed(repair, scenario.slug);
  return {
    scenario,
    setup,
    /** Milliseconds by name, for the pace at which the sandbox is played. */
    times,
    /** The limits of a session in ms. */
    limits: { idle: times.idle ?? usualLimits.idle, absolute: times.absolute ?? usualLimits.absolute },
    /** The parts of the app, with the weakness where this variant has it. */
    parts: { ...partsWith(replaced), ...parts },
    /** The origins that the settings of the apps name as their own front ends. */
    frontEnds: [
      ...(setup.environment?.FRONT_END_ORIGINS?.split(',') ?? []),
      ...Object.values(setup.apps ?? {}).flatMap((app) => app.frontEnds ?? []),
    ],
    /** Reads the environment of the app's processes, before the app has parts. */
    readSettings: replaced.readSettings ?? readSettings,
    furtherApps: await Promise.all(
      Object.entries(setup.apps ?? {}).map(async ([origin, app]) => ({
        ...app,
        origin,
        parts: withNames(app, partsWith(await weaknessNamed(app.weakness, scenario.slug))),
      })),
    ),
  };
}

/** Returns the names of the app's processes, as `by` of a response has them. */
export const processNames = ({ instances = 1 }: Setup): string[] =>
  Array.from({ length: instances }, (_, index) => (index === 0 ? 'app' : `app ${index + 1}`));

export type DeploymentPlan = Awaited<ReturnType<typeof planDeployment>>;

const partsWith = ({ readSettings: _, ...parts }: Weakness): Parts => ({ ...defaultParts, ...parts });

/** Returns what the weakness replaces: nothing when the scenario names none. */
async function weaknessNamed(weakness: string | undefined, slug: string): Promise<Weakness> {
  if (weakness === undefined) return {};
  const found = await loadWeakness(weakness);
  if (found) return found;
  const nearest = closestMatch(weakness, weaknessNames);
  throw new Error(
    `Scenario "${slug}": there is no weakness "${weakness}" in server/weaknesses. The nearest is ${nearest}; there are ${weaknessNames.join(', ')}.`,
  );
}

/** The same parts with other names for the session cookie and the session records. */
function withNames({ cookieName: name, keyPrefix: prefix }: AppSetup, parts: Parts): Parts {
  return {
    ...parts,
    ...(name !== undefined && {
      sessionOptions: (services: Services) => ({ ...parts.sessionOptions(services), name }),
    }),
    ...(prefix !== undefined && {
      createSessionStore: ({ redis }: Services) => new SessionStore({ client: redis, prefix }),
    }),
  };
}
