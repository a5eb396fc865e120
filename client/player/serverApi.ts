/** The page's requests to its server. A failed request throws a SandboxError, whose message is for the learner. */
import type { ZodMiniType } from 'zod/mini';
import type { ManualAction } from '../../scenarios/engine/actions.ts';
import type { LimitsToPlay, SandboxChoice } from '../../scenarios/engine/api.ts';
import type { Recorded } from '../../scenarios/engine/recording.ts';
import { createAsking } from './asking.ts';

export type Api = ReturnType<typeof createApi>;

/** Returns the address of a sandbox's event stream. */
export const eventsAddress = (sandbox: string) => `/api/sandboxes/${sandbox}/events`;

type Contract = typeof import('../../scenarios/engine/api.ts');

const loadContract = (): Promise<Contract> => import('../../scenarios/engine/api.ts');

/** @param send `fetch`, which tests replace to reach a server elsewhere */
export function createApi(send: typeof fetch) {
  const { request, ask: askFor } = createAsking(send);

  /** @param schemaOf picks the schema that the answer must have */
  const ask = <Schema extends ZodMiniType>(
    method: string,
    path: string,
    schemaOf: (contract: Contract) => Schema,
    body?: unknown,
  ) => askFor(method, path, () => loadContract().then(schemaOf), body);

  return {
    /** null: a server is behind the page. Otherwise only recordings are, and no running app. */
    recorded: null as Recorded | null,
    catalogue: () => ask('GET', '/api/catalogue', ({ catalogue }) => catalogue),
    recordedRun: () => ask('GET', '/api/recorded-run', ({ recordedRun }) => recordedRun),
    stores: () => ask('GET', '/api/redis', ({ stores }) => stores),
    /** @param playTo how many steps to play before the server answers */
    openSandbox: (choice: SandboxChoice, playTo: number) =>
      ask('POST', '/api/sandboxes', ({ openedSandbox }) => openedSandbox, playTo > 0 ? { ...choice, playTo } : choice),
    play: (sandbox: string, upTo: number) =>
      ask('POST', `/api/sandboxes/${sandbox}/steps`, ({ stepsPlayed }) => stepsPlayed, { upTo }),
    act: (sandbox: string, action: ManualAction) =>
      ask('POST', `/api/sandboxes/${sandbox}/actions`, ({ actionTaken }) => actionTaken, action),
    playOffer: (sandbox: string) => ask('GET', `/api/sandboxes/${sandbox}/play`, ({ freePlayOffer }) => freePlayOffer),
    saveScenario: (sandbox: string) =>
      ask('GET', `/api/sandboxes/${sandbox}/scenario`, ({ savedScenario }) => savedScenario),
    trace: (sandbox: string) => ask('GET', `/api/sandboxes/${sandbox}/trace`, ({ recordedTrace }) => recordedTrace),
    playLimits: (limits: LimitsToPlay) => ask('POST', '/api/limits', ({ limitsPlayed }) => limitsPlayed, limits),
    /** Works even while the page is closing. */
    endSandbox: async (sandbox: string) => {
      await request('DELETE', `/api/sandboxes/${sandbox}`);
    },
  };
}
