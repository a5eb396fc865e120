/**
 * What a step can do and see: the actors, and the world around them. Types only: the engine knows neither Node nor the DOM, and
 * the lab implements the cast.
 */
import type { CookieIdentity, SessionChange } from './actions.ts';
import type { Answer, JarCookie, KeyValue } from './trace.ts';

/** A response as the actor's browser received it. `json` is undefined when the body is not JSON. */
export interface LastResponse {
  status: number;
  /** Names in lower case; several Set-Cookie headers are joined by newlines. */
  headers: Record<string, string>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the scenario knows what an endpoint answers, the engine does not
  json: any;
  /** Real milliseconds from the request's first byte to the response's last. */
  ms: number;
  /** Who answered: "app", "app 2", "cache", or the origin of another site; "nobody" when the actor stopped waiting. */
  by: string;
}

/** An event of the server, in a response that stays open: of the type text/event-stream. */
export interface ServerSentEvent {
  /** "order_placed" */
  name: string;
  data: string;
}

/** Options of a request besides its path and body. */
export interface RequestOptions {
  headers?: Record<string, string>;
  /**
   * Whether the page’s fetch() sends cookies and stores those of the response. `same-origin` is what fetch() does when nobody
   * says: only with the page's own origin. Default here: `include`, always.
   */
  credentials?: 'include' | 'same-origin' | 'omit';
  /**
   * `no-cors`: what a form could send and nothing else, without a preflight: other headers are dropped, JSON goes as text/plain. The
   * response of another origin has status 0 and nothing to read. Default: `cors`.
   */
  mode?: 'cors' | 'no-cors';
  /** The Cookie header, in place of the jar's cookies; '' sends none. Cookies of the response are not stored. */
  cookie?: string;
  /** false: the jar's cookies are sent, and those of the response are not stored, as a script does that only replays a copy. */
  storeCookies?: false;
  /**
   * Milliseconds the actor waits for a response. Then the response has status 0 and `by` "nobody". Without this option, the
   * step fails when there is no response within ten seconds.
   */
  patience?: number;
}

/** A page that is open in an actor's browser. Its requests carry Origin, Sec-Fetch-Site, and the cookies that SameSite allows. */
export interface Page {
  readonly origin: string;
  /** fetch(path), credentials included. */
  get(path: string, options?: RequestOptions): Promise<LastResponse>;
  /** fetch(path, { method: 'POST' }) with a JSON body, credentials included. Cross-origin, a CORS preflight goes first. */
  post(path: string, body?: unknown, options?: RequestOptions): Promise<LastResponse>;
  delete(path: string, body?: unknown, options?: RequestOptions): Promise<LastResponse>;
  /** fetch(path, { method, headers, body }), credentials included: any method, and any body (text/plain unless a header says otherwise). */
  send(method: string, path: string, body?: string, options?: RequestOptions): Promise<LastResponse>;
  /** An <img>. */
  image(url: string): Promise<LastResponse>;
  /** A <link rel="stylesheet">. */
  styleSheet(url: string, options?: Pick<RequestOptions, 'patience'>): Promise<LastResponse>;
  /** An <iframe>, or with `fields` a form that is sent into one. No request of the page in the frame is simulated. */
  frame(url: string, fields?: Record<string, string>): Promise<LastResponse>;
  /** A click on a link: the response becomes the page in the window. */
  link(url: string): Promise<LastResponse>;
  /** A <form method="post"> that submits itself. With `type` text/plain, the body is `name=value`, not encoded. */
  form(
    url: string,
    fields: Record<string, string>,
    type?: 'application/x-www-form-urlencoded' | 'text/plain',
  ): Promise<LastResponse>;
  /** Returns what a script on this page reads from document.cookie. */
  readCookies(): string;
  /** Sets document.cookie = text. Returns whether the browser accepted it. */
  writeCookie(text: string): boolean;
}

/** Names a cookie: the first of that name in the jar, or exactly this one when several have the name. */
export type CookieNamed = string | CookieIdentity;

/** A person with a browser: a cookie jar, open pages, the last response. */
export interface Actor extends Page {
  readonly name: string;
  /** The page of that origin, open in this browser. */
  on(origin: string): Page;
  /** Types an address: a navigation that no page caused. Follows redirects. */
  visit(url: string): Promise<LastResponse>;
  /** The Back button. Shows the previous page from the browser's memory if its headers allowed that, and requests it again if not. */
  back(): Promise<LastResponse>;
  /** Closes all windows, which deletes the cookies without an expiry. */
  closeBrowser(): void;
  /** The last response this actor got. Throws when there is none yet. */
  readonly last: LastResponse;
  /** Every response this actor got, oldest first. */
  readonly responses: readonly LastResponse[];
  /**
   * Every server-sent event that this actor got, oldest first. A request whose response is a stream of them resolves when its
   * head is here, and the response stays open. Unlike with an EventSource, nothing connects again when it ends.
   */
  readonly events: readonly ServerSentEvent[];
  /** How many responses are still open. */
  readonly openStreams: number;
  /** Returns a cookie that has not expired; undefined when there is none. Default: the app's session cookie. */
  cookie(name?: string): JarCookie | undefined;
  /**
   * Returns the last answered request of this browser and its response as a HAR file, as the developer tools export it.
   * Sanitized, it has no header that logs somebody in.
   */
  har(options?: { sanitized?: boolean }): string;
  /** Returns the cookies that a request to that path of the app would carry, in the order of the Cookie header. */
  cookiesFor(path: string): JarCookie[];
  /** Returns the milliseconds until a cookie expires; null if it lasts until the browser is closed, undefined if there is none. */
  expiresIn(name?: string): number | null | undefined;
  /** Puts this actor's cookie into another actor's browser. Throws when this actor has no such cookie. */
  plantCookie(victim: Actor, name?: string): Promise<void>;
  /** Copies a cookie from another actor's browser. The copy has no expiry. Throws when there is no such cookie. */
  copyCookie(victim: Actor, which?: CookieNamed): Promise<void>;
  /** Changes the value of this actor's cookie, as in the browser's developer tools. */
  editCookie(change: (value: string) => string, which?: CookieNamed): void;
  /** Deletes this actor's cookie, as in the browser's developer tools. */
  deleteCookie(which?: CookieNamed): void;
}

/** A key of the sandbox, as it is in Redis. */
interface StoredKey {
  /** Without the sandbox's namespace: `sess:3f…`. */
  name: string;
  value: KeyValue;
  /** Milliseconds until it expires; null when it never does. */
  expiresIn: number | null;
}

/** A session record in the memory of a process. */
export interface MemoryRecord {
  /** Named as in `by` of a response: "app 2". */
  process: string;
  sid: string;
}

/** An e-mail that the app sent. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** The app's session secrets: the first signs, all are accepted. The lab generates them; a scenario only names them. */
export type Secrets = ('old' | 'new' | 'random')[];

/** What changes when the app restarts. */
export interface RestartChange {
  secrets?: Secrets;
  environment?: Record<string, string>;
  /** Session options that replace the app's own, and those of an earlier restart. */
  session?: SessionChange;
}

/** Everything that is not an actor: time, access to Redis, and the operation of the app. */
export interface World<Times extends string = string> {
  /** The scenario's times in milliseconds, for the pace it is played at. */
  readonly times: Readonly<Record<Times, number>>;
  /** Lets that many milliseconds pass, at most a hundred years: jumps or waits, depending on the sandbox's pace. */
  letPass(ms: number): Promise<void>;
  /** Reads the keys with that prefix from Redis. */
  keys(prefix?: string): Promise<StoredKey[]>;
  /** Deletes a key, as somebody with access to Redis can. Resolves to whether the key existed. */
  deleteKey(name: string): Promise<boolean>;
  /** Writes a string. @param ttl its time to live in ms, from 1 on; null: none; left out: the current one */
  setKey(name: string, value: string, ttl?: number | null): Promise<void>;
  /** Sets a key's time to live in ms; null removes it. Resolves to whether the key existed. */
  expireKey(name: string, ttl: number | null): Promise<boolean>;
  /**
   * Returns the session records that the app's processes have in their own memory, expired ones too. To look changes nothing,
   * whereas MemoryStore removes expired records when the app asks for them.
   */
  memoryRecords(): MemoryRecord[];
  /** Returns the e-mails that the app has sent to an address, oldest first. */
  mail(to: string): Mail[];
  /** Returns the code that the authenticator app of a user shows now. The scenario's setup says who has one. */
  authenticatorCode(email: string): string;
  /** Returns the code that it showed last, however long ago that is. Throws when it has shown none. */
  authenticatorCodeBefore(email: string): string;
  /** Returns the names of the audit events so far, oldest first. */
  audit(): string[];
  /** Returns the lines of the load balancer's access log, oldest first. */
  accessLog(): string[];
  /** Returns the table of users, as a stolen backup has it. */
  stolenUsers(): { email: string; passwordHash: string }[];
  /**
   * Returns the messages of rejected promises that the app did not handle, oldest first. The lab listens for them. Without a
   * listener, Node ends the app at the first one.
   */
  unhandled(): string[];

  /**
   * Restarts the app's processes, as a deployment does. Their memory is lost, Redis is not. If the app refuses to start with
   * the new settings, the old processes keep running.
   */
  restart(change?: RestartChange): Promise<void>;
  /** Returns a cookie value for a session id, signed as anybody can who knows that secret. */
  sign(sid: string, secret: 'old' | 'new'): string;

  /** From now on the payment provider does not answer, until the payments are released. */
  holdPayments(): void;
  /** Resolves when that many payments are waiting. */
  paymentsWaiting(count?: number): Promise<void>;
  releasePayments(): void;

  /** Delays each command of that name by `ms` before it is sent; 0 ends it. Without a name: every command. */
  slowRedis(ms: number, command?: string): void;
  /** Resolves when every delayed command has reached Redis. */
  slowCommandsArrived(): Promise<void>;
  /** From now on commands of that name do not reach Redis until they are released. */
  holdRedis(command: string): void;
  /** Resolves when that many commands are held. */
  redisHeld(count?: number): Promise<void>;
  releaseRedis(): void;
  /** Each command of that name fails as if Redis could not be reached. Without a name: every command. */
  breakRedis(command?: string): void;
  mendRedis(): void;

  /**
   * Freezes Redis: it accepts connections and answers nothing. With `ownRedis` in the scenario’s setup the server freezes, and this
   * resolves when the app's connection times out, after about 1 s. Without it only the app's connection freezes.
   */
  freezeRedis(): Promise<void>;
  /** Redis continues where it stopped. Resolves when the app is connected again. */
  thawRedis(): Promise<void>;
  /**
   * A key is gone as if Redis had evicted it. Resolves to whether it existed.
   * @param name left out: the key that the app used the longest ago
   */
  evictKey(name?: string): Promise<boolean>;
  /** Restarts Redis without persistence: its keys are gone. Of a Redis that others use, only the keys of this sandbox. */
  restartRedis(): Promise<void>;
  /** Ends every fault of Redis that lasts, whatever it is. */
  endRedisFaults(): Promise<void>;

  /**
   * Crashes Redis. Its data is lost, because it keeps nothing on disk. This and the functions below throw without `ownRedis` in
   * the scenario's setup.
   */
  stopRedis(): Promise<void>;
  /** Starts Redis again, empty. Resolves when the app is connected again. */
  startRedis(): Promise<void>;
  /** Another program writes that many keys of that many bytes into the same Redis. Resolves to how many Redis refused. */
  fillRedis(keys: number, bytes: number): Promise<number>;
}

export type Cast<Names extends string = string, Times extends string = string> = Readonly<Record<Names, Actor>> & {
  readonly world: World<Times>;
};

export type AnswerOf<Names extends string, Times extends string> = (
  cast: Cast<Names, Times>,
) => Answer | Promise<Answer>;
