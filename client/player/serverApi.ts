/** The requests of the page to its server. Whatever goes wrong is thrown as a SandboxError, whose message a person can read. */
import type { z } from 'zod';
import type { ManualAction } from '../../scenarios/engine/actions.ts';
import type {
  ActionTaken,
  Catalogue,
  FreePlayOffer,
  OpenedSandbox,
  SandboxChoice,
  SavedScenario,
  StepsPlayed,
  Stores,
} from '../../scenarios/engine/api.ts';
import { SandboxError } from '../../scenarios/engine/errors.ts';

export interface Api {
  catalogue(): Promise<Catalogue>;
  stores(): Promise<Stores>;
  /** @param playTo how many steps to play before it answers */
  openSandbox(choice: SandboxChoice, playTo: number): Promise<OpenedSandbox>;
  play(sandbox: string, upTo: number): Promise<StepsPlayed>;
  act(sandbox: string, action: ManualAction): Promise<ActionTaken>;
  playOffer(sandbox: string): Promise<FreePlayOffer>;
  saveScenario(sandbox: string): Promise<SavedScenario>;
  /** Also works while the page is being closed. */
  endSandbox(sandbox: string): Promise<void>;
}

/** Returns the address of a sandbox's event stream. */
export const eventsAddress = (sandbox: string) => `/api/sandboxes/${sandbox}/events`;

type Contract = typeof import('../../scenarios/engine/api.ts');

/** Loads the schemas of the answers. They come with zod, so they are loaded beside the first request, not before it. */
const loadContract = (): Promise<Contract> => import('../../scenarios/engine/api.ts');

/** @param send `fetch`, which tests replace to reach a server elsewhere */
export function createApi(send: typeof fetch): Api {
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
    if (refusal.success) throw new SandboxError(refusal.data.error.code, refusal.data.error.message, response.status);
    throw response.ok
      ? unreachable('It answers in a way that this page does not know: reload the page.')
      : // In development, the page's own server answers for an API that does not run.
        unreachable(`It answered ${response.status}. Check whether it is still running.`);
  };

  return {
    catalogue: () => ask('GET', '/api/catalogue', ({ catalogue }) => catalogue),
    stores: () => ask('GET', '/api/redis', ({ stores }) => stores),
    openSandbox: (choice, playTo) =>
      ask('POST', '/api/sandboxes', ({ openedSandbox }) => openedSandbox, playTo > 0 ? { ...choice, playTo } : choice),
    play: (sandbox, upTo) => ask('POST', `/api/sandboxes/${sandbox}/steps`, ({ stepsPlayed }) => stepsPlayed, { upTo }),
    act: (sandbox, action) =>
      ask('POST', `/api/sandboxes/${sandbox}/actions`, ({ actionTaken }) => actionTaken, action),
    playOffer: (sandbox) => ask('GET', `/api/sandboxes/${sandbox}/play`, ({ freePlayOffer }) => freePlayOffer),
    saveScenario: (sandbox) => ask('GET', `/api/sandboxes/${sandbox}/scenario`, ({ savedScenario }) => savedScenario),
    endSandbox: async (sandbox) => {
      await request('DELETE', `/api/sandboxes/${sandbox}`);
    },
  };
}

const unreachable = (what: string) => new SandboxError('unreachable', `The server does not answer. ${what}`);
