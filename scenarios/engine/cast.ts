/**
 * What a step can do and see. Types only: the engine knows neither Node nor the DOM, the lab plays the cast.
 */
import type { CookieIdentity, SessionChange } from './actions.ts';
import type { Answer, JarCookie, KeyValue } from './trace.ts';

/** A response as the actor's browser has it. `json` is undefined when the body is not JSON. */
export interface LastResponse {
  status: number;
  /** Names in lower case; several Set-Cookie headers are joined by newlines. */
  headers: Record<string, string>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what an endpoint answers is known to the scenario, not to the engine
  json: any;
  /** Real milliseconds from the request's first byte to the response's last. */
  ms: number;
  /** Who answered: "app", "app 2", "cache", or the origin of another site; "nobody" when the actor gave up. */
  by: string;
}

/** What may be said of a request besides its path and body. */
export interface RequestOptions {
  headers?: Record<string, string>;
  /** This Cookie header instead of what the jar would send; '' sends none. What comes back does not go into the jar. */
  cookie?: string;
  /**
   * Milliseconds after which the actor gives up on an answer: the response then has status 0 and is by "nobody". Without it,
   * no answer within ten seconds is a failure of the step.
   */
  patience?: number;
}

/** A page that is open in an actor's browser: what it requests says so in Origin and Sec-Fetch-Site, and carries cookies as SameSite allows. */
export interface Page {
  readonly origin: string;
  /** fetch(path), credentials included. */
  get(path: string, options?: RequestOptions): Promise<LastResponse>;
  /** fetch(path, { method: 'POST' }) with a JSON body, credentials included. Another site's page has to ask first (CORS preflight). */
  post(path: string, body?: unknown, options?: RequestOptions): Promise<LastResponse>;
  delete(path: string, body?: unknown, options?: RequestOptions): Promise<LastResponse>;
  /** fetch(path, { method, headers, body }), credentials included: any method, and a body as it stands (text/plain, unless a header says otherwise). */
  send(method: string, path: string, body?: string, options?: RequestOptions): Promise<LastResponse>;
  /** An <img>, <script> or style sheet. */
  image(url: string): Promise<LastResponse>;
  /** A link that is clicked: the answer becomes the page in the window. */
  link(url: string): Promise<LastResponse>;
  /** A <form method="post"> that sends itself; with `type` text/plain the body is `name=value` as it stands. */
  form(
    url: string,
    fields: Record<string, string>,
    type?: 'application/x-www-form-urlencoded' | 'text/plain',
  ): Promise<LastResponse>;
  /** What document.cookie says to a script on this page. */
  readCookies(): string;
  /** document.cookie = text. Returns whether the browser took it. */
  writeCookie(text: string): boolean;
}

/** Which cookie is meant: the first of that name in the jar, or exactly this one where several have it. */
export type CookieNamed = string | CookieIdentity;

/** Somebody with a browser: a cookie jar, origins, the last response. */
export interface Actor extends Page {
  readonly name: string;
  /** The page of that origin, open in this browser. */
  on(origin: string): Page;
  /** Type an address: a navigation that no page caused. Follows redirects. */
  visit(url: string): Promise<LastResponse>;
  /** The Back button: shows the page before from the browser's own keeping where that was allowed, and asks again where it was not. */
  back(): Promise<LastResponse>;
  /** Close all windows: cookies without an expiry are gone. */
  closeBrowser(): void;
  /** The last response this actor got. Throws when there is none yet. */
  readonly last: LastResponse;
  /** Every response this actor got, oldest first. */
  readonly responses: readonly LastResponse[];
  /** A live (not expired) cookie; without a name the app's session cookie. Undefined when there is none. */
  cookie(name?: string): JarCookie | undefined;
  /** Every live cookie of that name that a request to the shop's path would carry, in the order of the Cookie header. */
  cookiesFor(path: string): JarCookie[];
  /** Milliseconds that cookie has left; null when it lasts until the browser is closed, undefined when there is none. */
  expiresIn(name?: string): number | null | undefined;
  /** Put one's own cookie into somebody else's browser. Throws when one has no such cookie. */
  plantCookie(victim: Actor, name?: string): Promise<void>;
  /** Take a copy of the value in somebody else's browser; it is kept, and sent, without an expiry. Throws when there is none. */
  copyCookie(victim: Actor, which?: CookieNamed): Promise<void>;
  /** Change the value of one's own cookie by hand. */
  editCookie(change: (value: string) => string, which?: CookieNamed): void;
  /** Delete one's own cookie by hand. */
  deleteCookie(which?: CookieNamed): void;
}

/** A key of the sandbox as Redis has it. */
export interface StoredKey {
  /** Without the sandbox's namespace: `sess:3f…`. */
  name: string;
  value: KeyValue;
  /** Milliseconds it has left to live; null when it never expires. */
  expiresIn: number | null;
}

/** A mail the app sent. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Which secret signs and which are accepted, first to last. The lab makes the secrets; a scenario only names them. */
export type Secrets = ('old' | 'new' | 'random')[];

/** What is different when the app starts again. */
export interface RestartChange {
  secrets?: Secrets;
  environment?: Record<string, string>;
  /** Laid over the session options the app has by itself, and over what was laid there before. */
  session?: SessionChange;
}

/** What is not an actor: time, a look into Redis, and what operations does to a shop. */
export interface World<Times extends string = string> {
  /** Milliseconds by name, as the scenario declared them, for the pace it is played at. */
  readonly times: Readonly<Record<Times, number>>;
  /** Let that many milliseconds pass: jumped or really waited, as the sandbox's pace says. */
  letPass(ms: number): Promise<void>;
  /** The keys whose name starts with that prefix, straight from Redis. */
  keys(prefix?: string): Promise<StoredKey[]>;
  /** Delete a key, as DEL typed by somebody with access to Redis. Resolves to whether it was there. */
  deleteKey(name: string): Promise<boolean>;
  /** Write a string. Its time to live in ms; null: none; left out: the one it has. */
  setKey(name: string, value: string, ttl?: number | null): Promise<void>;
  /** Give a key that time to live in ms; null takes it away. Resolves to whether the key was there. */
  expireKey(name: string, ttl: number | null): Promise<boolean>;
  /** Mails the app has sent to an address, oldest first. */
  mail(to: string): Mail[];
  /** Names of the audit events so far, oldest first. */
  audit(): string[];
  /** Lines of the access log that the front of the shop writes, oldest first. */
  accessLog(): string[];
  /** The table of users, as somebody has it who stole a backup. */
  stolenUsers(): { email: string; passwordHash: string }[];
  /**
   * Messages of errors in promises of the app that nobody handled, oldest first. The lab listens for them; an app without a
   * listener is ended by Node at the first.
   */
  unhandled(): string[];

  /**
   * Stop the app's processes and start them again, as a deployment does. Memory is lost, Redis is not. With settings that the
   * app refuses to start with, the old processes go on.
   */
  restart(change?: RestartChange): Promise<void>;
  /** Sign a session id as somebody can who knows that secret; the result is a cookie value. */
  sign(sid: string, secret: 'old' | 'new'): string;

  /** From now on the payment provider does not answer; resolves each charge when released. */
  holdPayments(): void;
  /** Resolves when that many payments are waiting. */
  paymentsWaiting(count?: number): Promise<void>;
  releasePayments(): void;

  /** Each command of that name takes so much longer, in ms, before it is sent; 0 ends it. Without a name: every command. */
  slowRedis(ms: number, command?: string): void;
  /** Resolves when every command that was made slow so far has reached Redis. */
  slowCommandsArrived(): Promise<void>;
  /** From now on commands of that name do not reach Redis before they are released. */
  holdRedis(command: string): void;
  /** Resolves when that many commands are held. */
  redisHeld(count?: number): Promise<void>;
  releaseRedis(): void;
  /** Each command of that name fails as if Redis were gone; without a name every one. */
  breakRedis(command?: string): void;
  mendRedis(): void;

  /**
   * The rest needs `ownRedis` in the setup and throws without it. Redis crashes, and what it held is lost: it keeps nothing on disk.
   */
  stopRedis(): Promise<void>;
  /** Start it again, empty. Resolves when the app is connected to it again. */
  startRedis(): Promise<void>;
  /** Redis still takes connections and answers nothing. Resolves when the app's connection has given up, after about a second. */
  freezeRedis(): Promise<void>;
  /** Redis goes on where it was. Resolves when the app is connected to it again. */
  thawRedis(): Promise<void>;
  /** Another job writes that many keys of that many bytes each into the same Redis. Resolves to how many Redis refused. */
  fillRedis(keys: number, bytes: number): Promise<number>;
}

export type Cast<Names extends string, Times extends string> = Readonly<Record<Names, Actor>> & {
  readonly world: World<Times>;
};

export type AnswerOf<Names extends string, Times extends string> = (
  cast: Cast<Names, Times>,
) => Answer | Promise<Answer>;
