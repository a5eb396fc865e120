/** What a recipe must look like. Each message is a sentence that names the field. */
import { z } from 'zod';
import { parseUrl } from '../lab/network/parseUrl.ts';

const callable = (error: string) => z.custom<() => unknown>((value) => typeof value === 'function', { error });

const seconds = (field: string) =>
  z.number({ error: `limits.${field} must be a number of seconds.` }).positive(`limits.${field} must be more than 0.`);

/** "people.alice.password": where an issue is. */
const place = (path: PropertyKey[] | undefined) => (path ?? []).map(String).join('.');

const person = z
  .object(
    {
      name: z
        .string({ error: ({ path }) => `${place(path)} must be the text that who() answers for this account.` })
        .min(1, { error: ({ path }) => `${place(path)} is empty; it must be what who() answers for this account.` }),
      password: z
        .string({
          error: ({ path, input }) =>
            input === undefined
              ? `${place(path)} is missing: is the environment variable set from which it comes?`
              : `${place(path)} must be a text from the environment, such as process.env.SHOP_ALICE_PASSWORD.`,
        })
        .min(1, {
          error: ({ path }) => `${place(path)} is empty: is the environment variable set from which it comes?`,
        }),
    },
    { error: ({ path }) => `${place(path)} must be an object with a name and a password.` },
  )
  .catchall(
    z.string({
      error: ({ path }) => `${place(path)} must be a text: is the environment variable set from which it comes?`,
    }),
  );

const twoPeople = 'people must name exactly two accounts: the one that is attacked, and the attacker’s own.';
const people = z
  // A list is an object whose names are numbers.
  .preprocess((given) => (Array.isArray(given) ? { ...given } : given), z.record(z.string(), person, twoPeople))
  .refine((named) => Object.keys(named).length === 2, twoPeople)
  .refine((named) => {
    const [first, second] = Object.values(named);
    return first?.name !== second?.name;
  }, 'people must be two different accounts: they have the same name.');

const originRule = 'origin must be scheme, host and port of the app and nothing else, such as "http://127.0.0.1:8080".';
const origin = z.string({ error: originRule }).refine((text) => {
  const url = parseUrl(text);
  if (!url) return false;
  const { protocol, pathname, search, hash, username, password } = url;
  return /^https?:$/.test(protocol) && pathname === '/' && `${search}${hash}${username}${password}` === '';
}, originRule);

const visitRule =
  'visit must be a path, a list of paths, or a function such as (browser) => browser.visit("/account").';

const sessionsRule = 'sessions must be an object with list, endOthers or endAll.';
const sessions = z.strictObject(
  {
    list: callable('sessions.list must be a function that returns the sessions of the account.').optional(),
    endOthers: callable('sessions.endOthers must be a function that ends all other sessions.').optional(),
    endAll: callable('sessions.endAll must be a function that ends all sessions.').optional(),
  },
  { error: unknownField('sessions', sessionsRule) },
);

const limitsRule = 'limits must be an object with idle and absolute in seconds, or sessions.';
const limits = z.strictObject(
  {
    idle: seconds('idle').optional(),
    absolute: seconds('absolute').optional(),
    sessions: z
      .int({ error: 'limits.sessions must be a whole number.' })
      .min(1, 'limits.sessions must be at least 1.')
      .optional(),
  },
  { error: unknownField('limits', limitsRule) },
);

const recipe = z.strictObject(
  {
    origin,
    people,
    login: callable('login must be a function: (browser, person) => browser.form("/login", { … }).'),
    who: callable('who must be a function that asks the app and returns a name, or null for nobody.'),
    logout: callable('logout must be a function, such as (browser) => browser.submit("/logout").'),
    visit: z.union([z.string(), z.array(z.string()).min(1), callable('')], visitRule).optional(),
    change: callable(
      'change must be a function: (browser, text) => browser.form("/profile", { nickname: text }).',
    ).optional(),
    sessions: sessions.optional(),
    limits: limits.optional(),
  },
  { error: unknownField('a target', 'The recipe must be target({ origin, people, login, who, logout }).') },
);

function unknownField(of: string, otherwise: string) {
  return (issue: { code?: string; keys?: string[] }) =>
    issue.code === 'unrecognized_keys' ? `${issue.keys?.[0]} is not a field of ${of}.` : otherwise;
}

/** Returns what is wrong with a recipe, as a sentence that names the field; null when nothing is. */
export function recipeProblem(definition: unknown): string | null {
  return recipe.safeParse(definition).error?.issues[0]?.message ?? null;
}
