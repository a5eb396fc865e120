/**
 * Answers as the server does, out of recordings: opens a run of a scenario, lets the events of the next steps through, and gives the
 * trace so far. What needs a running app is refused; the page does not offer it.
 */
import type { SandboxChoice, Stores } from '../../scenarios/engine/api.ts';
import { SandboxError, unknownSandbox } from '../../scenarios/engine/errors.ts';
import { type RecordedCatalogue, recordingName, traceOf } from '../../scenarios/engine/recording.ts';
import type { ScenarioOutline, Trace } from '../../scenarios/engine/trace.ts';
import { type Api, eventsAddress } from '../player/serverApi.ts';
import { positionAfter, stepsPlayed } from '../player/state.ts';
import type { Follow, Listener } from '../player/stream.ts';
import type { Library } from './library.ts';

/** A recording that is being played. */
interface Run {
  trace: Trace;
  /** How many of its events have been let through. */
  shown: number;
  listener: Listener | null;
}

/** The lesson whose recording moves on the first page, if it is there. */
const firstLesson = 'session-fixation';

export function createRecordedServer(
  { scenarios, at, missing }: RecordedCatalogue,
  library: Library,
): { api: Api; follow: Follow } {
  /** By the address of their events. */
  const runs = new Map<string, Run>();
  let opened = 0;

  const runOf = (sandbox: string): Run => {
    const run = runs.get(eventsAddress(sandbox));
    if (!run) throw unknownSandbox();
    return run;
  };
  const recorded = async ({ scenario: slug, variant, repair }: Omit<SandboxChoice, 'store' | 'pace'>) => {
    const scenario = scenarios.find((one) => one.slug === slug);
    if (!scenario) throw new SandboxError('unknown-scenario', `There is no scenario "${slug}".`);
    requireRepair(scenario, repair);
    const name = recordingName(slug, { variant, ...(repair !== undefined && { repair }) });
    const why = missing[slug] ?? missing[name];
    if (why !== undefined) throw new SandboxError('redis-unavailable', why);
    return traceOf(await library.recording(name), scenario);
  };

  const api: Api = {
    recorded: { at, missing },
    catalogue: async () => ({ scenarios }),
    recordedRun: async () => {
      const { slug } = scenarios.find((one) => one.slug === firstLesson) ?? scenarios[0] ?? { slug: firstLesson };
      // The page needs it later than everything else here.
      const [{ sentencesIn }, trace] = await Promise.all([
        import('../../scenarios/engine/sentences.ts'),
        recorded({ scenario: slug, variant: 'vulnerable' }),
      ]);
      return { trace, sentences: sentencesIn(trace) };
    },
    stores: async () => ({ real: noRedis }),
    openSandbox: async ({ scenario, variant, repair }, playTo) => {
      const trace = await recorded({ scenario, variant, ...(repair !== undefined && { repair }) });
      requireSteps(trace, playTo);
      const id = `recording-${++opened}`;
      runs.set(eventsAddress(id), { trace, shown: positionAfter(trace.events, playTo), listener: null });
      return { id, header: trace.header, recorded: positionAfter(trace.events, playTo), ports: {}, accounts: [] };
    },
    play: async (sandbox, upTo) => {
      const run = runOf(sandbox);
      requireSteps(run.trace, upTo);
      const { events } = run.trace;
      const before = run.shown;
      run.shown = Math.max(before, positionAfter(events, upTo));
      if (run.shown > before) run.listener?.receive(events.slice(before, run.shown), timeOf(run));
      return { played: stepsPlayed(shownOf(run)), recorded: run.shown };
    },
    trace: async (sandbox) => {
      const run = runOf(sandbox);
      return { trace: { ...run.trace, events: shownOf(run) } };
    },
    endSandbox: async (sandbox) => {
      runs.delete(eventsAddress(sandbox));
    },
    act: refuse,
    playOffer: refuse,
    saveScenario: refuse,
    playLimits: refuse,
  };

  const follow: Follow = (address, listener) => {
    const run = runs.get(address);
    // Later, as everything that comes from a server.
    const first = setTimeout(() => {
      if (!run) return listener.notFound();
      run.listener = listener;
      listener.receive(shownOf(run), timeOf(run));
    });
    return () => {
      clearTimeout(first);
      if (run?.listener === listener) run.listener = null;
    };
  };
  return { api, follow };
}

const shownOf = ({ trace, shown }: Run) => trace.events.slice(0, shown);

/** Returns the sandbox ms of the last event that was let through: whatever came later in the recording has not happened yet. */
const timeOf = ({ trace, shown }: Run) => trace.events[shown - 1]?.at ?? 0;

function requireRepair({ slug, repairs }: ScenarioOutline, repair: string | undefined): void {
  if (repair !== undefined && !repairs?.some(({ file }) => file === repair)) {
    throw new SandboxError('bad-request', `Scenario "${slug}" has no repair "${repair}".`);
  }
}

function requireSteps({ header }: Trace, wanted: number): void {
  const { length } = header.scenario.steps;
  if (wanted > length)
    throw new SandboxError('bad-request', `This scenario has ${length} steps; there is no step ${wanted}.`);
}

const noRedis: Stores['real'] = {
  available: false,
  address: null,
  source: null,
  reason: 'This page plays recordings.',
  passedOver: [],
  waysToGetOne: [],
};

async function refuse(): Promise<never> {
  throw new SandboxError('not-allowed', 'This is a recording. It has no running app, so nothing can be changed.');
}
