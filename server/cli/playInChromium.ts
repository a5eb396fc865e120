import type { Scenario } from '../../scenarios/engine/scenario.ts';
import type { Variant } from '../../scenarios/engine/trace.ts';
import { chromiumCast } from '../lab/chromium/cast.ts';
import { NotStarted, type OpenChromium, openChromium } from '../lab/chromium/openChromium.ts';
import { Missing } from '../lab/chromium/programs.ts';
import { withDifferences } from '../lab/chromium/told.ts';
import { InfrastructureFailed } from './errors.ts';
import { play, type Setting } from './play.ts';
import type { Run } from './reporter.ts';

/**
 * Opens Chromium for the work, and closes it afterwards, also when the work fails.
 *
 * @param work is given the name of the browser, and what plays one run in it
 * @throws InfrastructureFailed when there is no browser, or none that starts
 */
export async function inChromium<Result>(
  signal: AbortSignal,
  work: (name: string, playOne: typeof play) => Promise<Result>,
): Promise<Result> {
  const chromium = await open();
  try {
    signal.throwIfAborted();
    return await work(chromium.name, (...of) => playInChromium(chromium, ...of));
  } finally {
    await chromium.close();
  }
}

async function open(): Promise<OpenChromium> {
  try {
    return await openChromium();
  } catch (error) {
    if (error instanceof Missing || error instanceof NotStarted) throw new InfrastructureFailed(error.message);
    throw error;
  }
}

/**
 * Plays one scenario against one variant in Chromium, and beside it with the virtual browser. The trace is that of Chromium, and
 * says where the virtual browser differs.
 *
 * @throws what `play` throws, and InfrastructureFailed when Chromium ends during the run
 */
async function playInChromium(
  chromium: OpenChromium,
  scenario: Scenario,
  variant: Variant,
  setting: Setting,
): Promise<Run> {
  const { close, scenario: inChromium, browser } = chromiumCast(chromium, scenario);
  const ended = new AbortController();
  const lose = () => ended.abort(new InfrastructureFailed(`${chromium.name} ended during the run.`));
  if (chromium.lost.aborted) lose();
  chromium.lost.addEventListener('abort', lose);
  const signal = AbortSignal.any([setting.signal, ended.signal]);
  try {
    const [run, virtual] = await Promise.all([
      play(inChromium, variant, { ...setting, browser, signal }),
      play(scenario, variant, { ...setting, signal }),
    ]);
    return { ...run, trace: withDifferences(run.trace, virtual.trace) };
  } finally {
    chromium.lost.removeEventListener('abort', lose);
    await close();
  }
}
