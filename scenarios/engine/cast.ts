/**
 * What a step can do and see. Types only: the engine knows neither Node nor the DOM, the lab plays the cast.
 */
import type { Answer, JarCookie, KeyValue } from './trace.ts';

/** A response as the actor's browser has it. `json` is undefined when the body is not JSON. */
export interface LastResponse {
  status: number;
  /** Names in lower case; several Set-Cookie headers are joined by newlines. */
  headers: Record<string, string>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what an endpoint answers is known to the scenario, not to the engine
  json: any;
}

/** Somebody with a browser: a cookie jar, origins, the last response. */
export interface Actor {
  readonly name: string;
  /** Fetch as the page at the actor's origin would. `path` is a path of the shop (`/me`) or an absolute URL. */
  get(path: string): Promise<LastResponse>;
  post(path: string, body?: unknown): Promise<LastResponse>;
  delete(path: string, body?: unknown): Promise<LastResponse>;
  /** The last response this actor got. Throws when there is none yet. */
  readonly last: LastResponse;
  /** A live (not expired) cookie; without a name, the app's session cookie. Undefined when there is none. */
  cookie(name?: string): JarCookie | undefined;
  /** Milliseconds that cookie has left; null when it lasts until the browser is closed, undefined when there is none. */
  expiresIn(name?: string): number | null | undefined;
  /** Put one's own cookie (the session's, unless named) into somebody else's browser. Throws when one has no such cookie. */
  plantCookie(victim: Actor, name?: string): Promise<void>;
  /** Take a copy of the value in somebody else's browser; it is kept, and sent, without an expiry. Throws when there is none. */
  copyCookie(victim: Actor, name?: string): Promise<void>;
}

/** A key of the sandbox as Redis has it. */
export interface StoredKey {
  /** Without the sandbox's namespace: `sess:3f…`. */
  name: string;
  value: KeyValue;
  /** Milliseconds it has left to live; null when it never expires. */
  expiresIn: number | null;
}

/** What is not an actor: time, and a look into Redis. */
export interface World<Times extends string = string> {
  /** Milliseconds by name, as the scenario declared them, for the pace it is played at. */
  readonly times: Readonly<Record<Times, number>>;
  /** Let that many milliseconds pass: jumped or really waited, as the sandbox's pace says. */
  letPass(ms: number): Promise<void>;
  /** The keys whose name starts with that prefix, straight from Redis. */
  keys(prefix?: string): Promise<StoredKey[]>;
}

export type Cast<Names extends string, Times extends string> = Readonly<Record<Names, Actor>> & {
  readonly world: World<Times>;
};

export type AnswerOf<Names extends string, Times extends string> = (
  cast: Cast<Names, Times>,
) => Answer | Promise<Answer>;
