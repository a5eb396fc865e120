import type { Scenario } from '../../../scenarios/engine/scenario.ts';
import type { createActor } from '../browser/actor.ts';
import { type ChromiumActor, createChromiumActor } from './actor.ts';
import type { OpenChromium } from './openChromium.ts';

/** One play of a scenario in Chromium, for the settings of a sandbox. */
export interface ChromiumCast {
  /** The scenario whose steps end when the browsers have done what was asked of them. */
  scenario: Scenario;
  browser: { name: string; actorFor: typeof createActor };
  /** Closes the browser of each actor. */
  close(): Promise<void>;
}

/** Gives each actor of a scenario a context of Chromium: a browser with cookies and a cache of its own. */
export function chromiumCast(chromium: OpenChromium, scenario: Scenario): ChromiumCast {
  const actors: ChromiumActor[] = [];
  const steps = scenario.steps.map((step): Scenario['steps'][number] => ({
    ...step,
    async act(cast) {
      await step.act(cast);
      await Promise.all(actors.map((actor) => actor.settled()));
    },
  }));
  return {
    scenario: { ...scenario, steps },
    browser: {
      name: chromium.name,
      actorFor(...of) {
        const actor = createChromiumActor(chromium, ...of);
        actors.push(actor);
        return actor;
      },
    },
    close: async () => void (await Promise.all(actors.map((actor) => actor.close()))),
  };
}
