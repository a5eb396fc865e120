/** The page's requests to its server. A failed request throws a SandboxError, whose message is for the learner. */
import type { z } from 'zod';
import type { ManualAction } from '../../scenarios/engine/actions.ts';
import type { LimitsToPlay, SandboxChoice } from '../../scenarios/engine/api.ts';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import type { Recorded } from '../../scenarios/engine/recording.ts';

export type Api = ReturnType<typeof createApi>;

/** Returns the address of a sandbox's event stream. */
export const eventsAddress = (sandbox: string) => `/api/sandboxes/${sandbox}/events`;

type Contract = typeof import('../../scenarios/engine/api.ts');

/** Loads the schemas of the answers. They come with zod, so they are loaded beside the first request, not before it. */
const loadContract = (): Promise<Contract> => import('../../scenarios/engine/api.ts');

/** @param send `fetch`, which tests replace to reach a server elsewhere */
export function createApi(send: typeof fetch) {
  const request = (method: string, path: string, body?: unknown): Promise<Response> =>
    send(path, {
      method,
      keepalive: method === 'DELETE',
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });

  /** @param schemaOf picks the schema that the answer must have */
  const ask = async <Answer>(
    method: string,
    path: string,
    schemaOf: (contract: Contract) => z.ZodType<Answer>,
    body?: unknown,
  ): Promise<Answer> => {
    const [response, contract] = await Promise.all([request(method, path, body), loadContract()]).catch(() => {
      throw unreachable('Check whether it is still running, then try again.');
    });
    const found: unknown = await response.json().catch(() => null);
    const answer = schemaOf(contract).safeParse(found);
    if (response.ok && answer.success) return answer.data;
    const refusal = contract.errorAnswer.safeParse(found);
    if (refusal.success) throw new SandboxError(refusal.data.error.code, refusal.data.error.message, response);
    throw response.ok
      ? unreachable('Its answer is not one that this page knows: reload the page.')
      : // In development, Vite answers for an API that is not running.
        unreachable(`It answered ${response.status}. Check whether it is still running.`);
  };

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

const unreachable = (what: string) => new SandboxError('unreachable', `The server does not answer. ${what}`);
