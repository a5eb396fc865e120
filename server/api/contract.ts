/** What the page and the server say to each other. Types only. */
import type { ScenarioOutline, StoreKind, TraceHeader } from '../../scenarios/engine/trace.ts';
import type { PlayOffer } from '../lab/freePlay/offer.ts';
import type { RedisStatus } from '../redis/real.ts';

/** GET /api/catalogue */
export interface Catalogue {
  /** In reading order, chapter by chapter. */
  scenarios: ScenarioOutline[];
}

/** GET /api/redis */
export type Stores = { real: RedisStatus };

/** POST /api/sandboxes answers 201 with this. The request is `NewSandbox` in server/api/requests.ts. */
export interface SandboxMade {
  id: string;
  header: TraceHeader;
  /** Absent where no server is behind a trace. */
  ownBrowser?: OwnBrowser;
  /** Where a terminal on the same machine reaches them: ports on 127.0.0.1 by who answers there, as `by` of a response says it. */
  ports: Record<string, number>;
  /** The people of the shop with their passwords, which are no secret: server/app/db.ts has them. */
  accounts: { email: string; password: string }[];
}

/** Where the learner's own browser joins in: the sandbox's app at a host of its own. Or, as a sentence, why it cannot. */
export type OwnBrowser = { address: string } | { whyNot: string };

/**
 * POST /api/sandboxes/:id/steps { upTo } plays until `upTo` steps have been played and answers with this. Steps that were
 * played already are not played again, so a double click plays one step.
 */
export interface Played {
  /** How many steps have been played. */
  played: number;
}

/** POST /api/sandboxes/:id/hand takes a HandAction, does it and answers with this. */
export interface Acted extends Clock {
  /** What Redis answered to a line typed into its console, as redis-cli prints it; null for everything else. */
  reply: string | null;
  /** How many events the trace has with all that this led to. */
  recorded: number;
}

/** What `clock` messages of the event stream carry. */
export interface Clock {
  /** Sandbox milliseconds now. */
  now: number;
}

/**
 * GET /api/sandboxes/:id/events is an event stream: `clock` messages carry a Clock (the first at once, then one every ten
 * seconds), unnamed messages carry one TraceEvent with its `seq` as id, so that a lost connection resumes behind it.
 */

/** GET /api/sandboxes/:id/play answers with this. */
export type { PlayOffer };

/** GET /api/sandboxes/:id/scenario: what was played and done by hand, as the file of a scenario. */
export interface MadeScenario {
  /** What the file is to be called. */
  name: string;
  /** TypeScript. */
  text: string;
}

/** Every 4xx and 5xx of the API. */
export interface Refusal {
  error: {
    /** For the page: 'unknown-sandbox', 'unknown-scenario', 'bad-request', 'redis-unavailable', 'too-many', … */
    code: string;
    /** For the person: what is wrong and what to do. */
    message: string;
  };
}

export type { StoreKind };
