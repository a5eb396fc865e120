/** A recipe for `session-sandbox check`: the address of an app, and how a person logs in, is named by the app, and logs out. */
import { RecipeWrong } from './errors.ts';
import { recipeProblem } from './recipeShape.ts';

/** One of the two accounts that the check may use. Further fields, such as `email`, are handed to `login` as they are. */
export interface Person {
  /** What `who` answers for this account. */
  name: string;
  /** Take it from the environment: `process.env.SHOP_ALICE_PASSWORD`. It is redacted wherever it appears. */
  password: string;
  [field: string]: string;
}

/** What the app answered. */
export interface Answer {
  /** The address of the answer, after redirects. */
  url: string;
  status: number;
  /** Names in lower case; several Set-Cookie headers are joined by newlines. */
  headers: Record<string, string>;
  text: string;
  /** The parsed body; undefined when it is not JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: the recipe knows what its app answers
  json: any;
}

export interface SendOptions {
  headers?: Record<string, string>;
  /** A JSON body. */
  json?: unknown;
  /** A body as a form encodes it. */
  fields?: Record<string, string>;
}

/** The browser of one person: a cookie jar by the rules of a real browser, and real requests to the origin, to nothing else. */
export interface Browser {
  /** Types an address: the answer becomes the page in the window. Follows redirects within the origin. */
  visit(path: string): Promise<Answer>;
  /**
   * Opens the page, fills in the form that has these fields, and sends it. Hidden fields, such as a CSRF token, go along.
   * @param options.action of several such forms, the one that is sent there: `/logout`
   */
  form(page: string, fields?: Record<string, string>, options?: { action?: string }): Promise<Answer>;
  /** Sends a form to that address. No page needs to show the form. */
  submit(action: string, fields?: Record<string, string>): Promise<Answer>;
  /** Opens the page and returns the values of the fields in its forms, hidden ones included, by their names. */
  fields(page: string): Promise<Record<string, string>>;
  /** fetch(path) of a script on a page of the origin. */
  get(path: string, options?: Pick<SendOptions, 'headers'>): Promise<Answer>;
  /** fetch(path, { method: 'POST' }) with a JSON body. */
  post(path: string, json?: unknown, options?: Pick<SendOptions, 'headers'>): Promise<Answer>;
  /** fetch(path) with any method, headers and body. */
  send(method: string, path: string, options?: SendOptions): Promise<Answer>;
  /** The value of a cookie that the browser has for the origin, for a script that copies a token into a header. */
  cookie(name: string): string | undefined;
  /** The last answer. */
  readonly last: Answer;
}

/** What an account's owner may do with the sessions of the account. Each part is checked only if it is there. */
export interface Sessions {
  /** Returns one entry for each session of the account, or how many there are. */
  list?(browser: Browser): Promise<readonly unknown[] | number>;
  /** Ends every other session of the account, and keeps this one. */
  endOthers?(browser: Browser): Promise<unknown>;
  /** Ends every session of the account, this one included. */
  endAll?(browser: Browser): Promise<unknown>;
}

/** The limits that the app promises. Each is checked only if it is there; times only with --wait, because they really pass. */
export interface Limits {
  /** Seconds without a request after which a session ends. */
  idle?: number;
  /** Seconds after the login at which a session ends, however busy it is. */
  absolute?: number;
  /** How many sessions an account may have at once. */
  sessions?: number;
}

export interface Target {
  /** Scheme, host and port of the app: `http://127.0.0.1:8080`. No request goes anywhere else. */
  origin: string;
  /** The only two accounts that are used: first the one that is attacked, then the attacker's own. */
  people: readonly [Person, Person];
  /** Logs a person in. It must not throw for a wrong password. */
  login(browser: Browser, person: Person): Promise<unknown>;
  /** Asks the app who is logged in, by a request. Returns the `name` of a person, or null for nobody. */
  who(browser: Browser): Promise<string | null>;
  /** Logs out. */
  logout(browser: Browser): Promise<unknown>;
  /**
   * Private pages: a path, several, or a function that visits them. The check looks at their caching, and for session ids in
   * their addresses.
   */
  visit?: string | readonly string[] | ((browser: Browser) => Promise<unknown>);
  /** Changes something in the account, with `text` in it where possible: a nickname, an address. It is what CSRF would forge. */
  change?(browser: Browser, text: string): Promise<unknown>;
  sessions?: Sessions;
  limits?: Limits;
}

/** A target as an author writes it: a password from the environment may be missing, and people may have names of their own. */
export interface TargetDefinition extends Omit<Target, 'people'> {
  people: readonly [PersonDefinition, PersonDefinition] | { readonly [name: string]: PersonDefinition };
}
export type PersonDefinition = { name: string; password: string | undefined } & Record<string, string | undefined>;

/**
 * Checks a recipe and returns it.
 * @throws RecipeWrong with a sentence that names the field that is wrong
 */
export function target(definition: TargetDefinition): Target {
  const problem = recipeProblem(definition);
  if (problem !== null) throw new RecipeWrong(problem);
  const people = Object.values(definition.people) as unknown as [Person, Person];
  return { ...definition, origin: new URL(definition.origin).origin, people };
}
