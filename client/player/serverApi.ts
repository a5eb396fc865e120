/** What the page asks the server for. Every answer that is not a 2xx is thrown as `Refused`, with a sentence for a person. */
import type { HandAction } from '../../scenarios/engine/hand.ts';
import type { Pace, StoreKind, Variant } from '../../scenarios/engine/trace.ts';
import type {
  Acted,
  Catalogue,
  MadeScenario,
  Played,
  PlayOffer,
  Refusal,
  SandboxMade,
  Stores,
} from '../../server/api/contract.ts';

/** What a sandbox is made of. */
export interface Choice {
  scenario: string;
  variant: Variant;
  store: StoreKind;
  pace: Pace;
}

export interface Api {
  catalogue(): Promise<Catalogue>;
  stores(): Promise<Stores>;
  /** `playTo`: how many steps are played before it answers. */
  makeSandbox(choice: Choice, playTo: number): Promise<SandboxMade>;
  play(sandbox: string, upTo: number): Promise<Played>;
  /** Do something by hand. */
  act(sandbox: string, action: HandAction): Promise<Acted>;
  /** What free play has to offer now. */
  playOffer(sandbox: string): Promise<PlayOffer>;
  /** What was played and done by hand, as the file of a scenario. */
  asScenario(sandbox: string): Promise<MadeScenario>;
  /** Also works while the page is being closed. */
  endSandbox(sandbox: string): Promise<void>;
}

export class Refused extends Error {
  override name = 'Refused';
  /** The server's word for the reason, or `unreachable` when there was no answer. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Where a sandbox's event stream is. */
export const eventsAddress = (sandbox: string) => `/api/sandboxes/${sandbox}/events`;

/** The API over HTTP. `send` is `fetch`, handed in so that tests can talk to a server elsewhere. */
export function createApi(send: typeof fetch): Api {
  const call = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await send(path, {
      method,
      keepalive: method === 'DELETE',
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    }).catch(() => {
      throw new Refused('unreachable', 'The server does not answer. See whether it is still running, then try again.');
    });
    if (!response.ok) throw await refusal(response);
    return response;
  };
  const json = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> =>
    (await call(method, path, body)).json();
  return {
    catalogue: () => json('GET', '/api/catalogue'),
    stores: () => json('GET', '/api/redis'),
    makeSandbox: (choice, playTo) => json('POST', '/api/sandboxes', playTo > 0 ? { ...choice, playTo } : choice),
    play: (sandbox, upTo) => json('POST', `/api/sandboxes/${sandbox}/steps`, { upTo }),
    act: (sandbox, action) => json('POST', `/api/sandboxes/${sandbox}/hand`, action),
    playOffer: (sandbox) => json('GET', `/api/sandboxes/${sandbox}/play`),
    asScenario: (sandbox) => json('GET', `/api/sandboxes/${sandbox}/scenario`),
    endSandbox: async (sandbox) => {
      await call('DELETE', `/api/sandboxes/${sandbox}`);
    },
  };
}

async function refusal(response: Response): Promise<Refused> {
  const said = (await response.json().catch(() => null)) as Refusal | null;
  if (said?.error) return new Refused(said.error.code, said.error.message);
  // In development the page's own server answers for an API that does not run.
  return new Refused(
    'unreachable',
    `The server does not answer (${response.status}). See whether it is still running.`,
  );
}
