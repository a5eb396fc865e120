/**
 * Checks the shape of a scenario. Its types say the same, but a scenario file is played without a type check, and its author
 * may not have used types at all.
 */
import { z } from 'zod';
import { chapters } from './chapters.ts';
import { longestTime } from './durations.ts';
import { actorRole, answer, cookieAttribute, slugPattern } from './fields.ts';
import { learner } from './identity.ts';

/** More processes than any lesson needs, and few enough to start. */
const mostInstances = 16;

/** bcrypt accepts costs from 4. A hash at 15 takes seconds, one at 31 days. */
const bcryptCosts = { least: 4, most: 15 };

/** What an answer must be, as the end of a sentence. */
export const answerRule = 'must be a string, a number or a boolean.';

type Issue = z.core.$ZodRawIssue;
const key = ({ path }: Issue, index: number) => `"${String(path?.[index])}"`;

const origin = z.string().regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,4}|:[1-5]\d{4}|:6[0-4]\d{3})?$/);
const text = (what: string) => z.string({ error: `${what} must be a string.` });
const texts = (error: string) => z.array(z.string({ error }), { error });
const callable = (error: string | ((issue: Issue) => string)) =>
  z.custom<object>((value) => typeof value === 'function', { error });
const whole = (what: string, least: number, most: number) =>
  z.custom<number>((value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most, {
    error: `${what} must be a whole number from ${least} to ${most}.`,
  });

/** Says which field is misspelled: left unread, a misspelled claim would never be checked. */
const fieldsOf = (what: string, otherwise: string | ((issue: Issue) => string)) => (issue: Issue) => {
  if (issue.code !== 'unrecognized_keys') return typeof otherwise === 'string' ? otherwise : otherwise(issue);
  return `"${issue.keys[0]}" is not a field of ${what}.`;
};

const isObject = (value: unknown) => typeof value === 'object' && value !== null;

const actor = z.preprocess(
  (given) => (isObject(given) ? given : { role: given }),
  z.strictObject(
    {
      role: z.enum(actorRole.options, {
        error: (issue) => `the role of actor ${key(issue, 1)} must be one of ${actorRole.options.join(', ')}.`,
      }),
      label: z.string({ error: (issue) => `the label of actor ${key(issue, 1)} must be a string.` }).optional(),
    },
    { error: fieldsOf('an actor', 'an actor must be a role, or an object with a role and a label.') },
  ),
);

const reserved: Record<string, string> = {
  [learner.name]: 'it is the learner’s own browser',
  world: 'it is how a step reaches time and Redis',
};

const actors = z
  .record(z.string(), actor, { error: 'its actors must be an object, such as { alice: "victim" }.' })
  .refine((named) => Object.keys(named).length > 0, 'it has no actors; name at least one, such as { alice: "victim" }.')
  .superRefine((named, context) => {
    const name = Object.keys(reserved).find((name) => Object.hasOwn(named, name));
    if (name !== undefined) context.addIssue(`"${name}" is not a name for an actor: ${reserved[name]}.`);
  });

const times = z.record(
  z.string(),
  z.custom<number>((ms) => typeof ms === 'number' && ms >= 0 && ms <= longestTime, {
    error: (issue) => `the time ${key(issue, 1)} must be a number of milliseconds, at most a hundred years.`,
  }),
);

const sites = z.record(
  origin,
  callable((issue) => `the site ${key(issue, 1)} must be a function from a request to a response.`),
  {
    error: (issue) =>
      issue.code === 'invalid_key'
        ? `the site ${key(issue, 1)} must be an origin, such as "https://evil.example".`
        : 'its sites must be an object.',
  },
);

const appError = (issue: Issue) =>
  `the app ${key(issue, 3)} must be an object at an origin, such as "http://localhost:3001".`;

const app = z.strictObject(
  {
    weakness: text('the weakness of an app').optional(),
    sharesSecret: z.boolean('sharesSecret of an app is true or false.').optional(),
    ownUsers: z.boolean('ownUsers of an app is true or false.').optional(),
    frontEnds: texts('frontEnds of an app must be a list of origins.').optional(),
    keyPrefix: text('the keyPrefix of an app').optional(),
    cookieName: text('the cookieName of an app').optional(),
  },
  { error: fieldsOf('an app', appError) },
);

const setup = z.strictObject(
  {
    instances: whole('instances', 1, mostInstances).optional(),
    sharedCache: z.boolean('sharedCache is true or false.').optional(),
    bareMock: z.boolean('bareMock is true or false.').optional(),
    secondFactor: texts('secondFactor must be a list of e-mail addresses.').optional(),
    environment: z
      .record(z.string(), z.string(), {
        error: 'environment must be an object of strings, such as { NODE_ENV: "test" }.',
      })
      .optional(),
    hiddenHeaders: texts('hiddenHeaders must be a list of names of headers, in lower case.').optional(),
    ownRedis: texts('ownRedis must be a list of lines of redis.conf.').optional(),
    ownThreads: z.boolean('ownThreads is true or false.').optional(),
    apps: z
      .record(origin, app, {
        error: (issue) => (issue.code === 'invalid_key' ? appError(issue) : 'apps must be an object.'),
      })
      .optional(),
  },
  { error: fieldsOf('a setup', 'its setup must be an object.') },
);

const expected = (variant: string) =>
  z.union([answer, z.object({ mock: answer, real: answer })], {
    error: `the ${variant} answer of its ask ${answerRule}`,
  });

const ask = z.strictObject(
  {
    question: text('the question of its ask'),
    answer: callable('the answer of its ask must be a function.'),
    vulnerable: expected('vulnerable'),
    protected: expected('protected'),
    neutral: z.boolean('neutral of its ask is true, false, or left out.').optional(),
    leads: z.literal(true, 'leads of its ask is true, or left out.').optional(),
  },
  { error: fieldsOf('an ask', 'its ask must be an object.') },
);

const claimsRule = 'its claims must be a list of sentences, or one list for each variant: { vulnerable, protected }.';
const claimList = z.array(z.string(), claimsRule);

const step = z.strictObject(
  {
    title: text('its title'),
    purpose: text('its purpose'),
    narration: z.union(
      [z.string(), z.object({ vulnerable: z.string(), protected: z.string(), both: z.string() })],
      'its narration must be a string, or one for each case: { vulnerable, protected, both }.',
    ),
    act: callable('its act must be a function, such as ({ alice }) => alice.get("/me").'),
    claims: z.union([claimList, z.object({ vulnerable: claimList, protected: claimList })], claimsRule).optional(),
    ask: ask.optional(),
    undisturbed: z.literal(true, 'undisturbed is true, or left out.').optional(),
  },
  { error: fieldsOf('a step', 'it is not an object.') },
);

const subjectRule = 'its subject must be a list of how names of keys begin, such as ["throttle:"].';

const cookieAttributes = cookieAttribute.options;
const attributesRule = `its cookieAttributes must be a list of ${cookieAttributes.slice(0, -1).join(', ')} or ${cookieAttributes.at(-1)}.`;

const repairsRule = 'its repairs must be { fix, decoys: [one, another] }.';
const repairText = {
  title: text('the title of a repair'),
  idea: text('the idea of a repair'),
  because: text('what a repair says after "because"'),
};
const decoy = z.strictObject(
  {
    ...repairText,
    file: text('the file of a repair').regex(slugPattern, 'the file of a repair must be kebab-case, without .ts.'),
    fails: z.union([z.object({ step: z.int(), answer }), z.object({ step: z.int(), status: z.int() })], {
      error: 'a repair that is not the fix must say where it fails: { step, answer } or { step, status }.',
    }),
  },
  { error: fieldsOf('a repair', repairsRule) },
);
const repairs = z.strictObject(
  {
    fix: z.strictObject(repairText, { error: fieldsOf('a repair', repairsRule) }),
    decoys: z.array(decoy, { error: repairsRule }).length(2, repairsRule),
  },
  { error: fieldsOf('repairs', repairsRule) },
);

const shape = z.strictObject(
  {
    slug: text('its slug').regex(slugPattern, 'its slug must be kebab-case, such as "session-fixation".'),
    chapter: text('its chapter').refine((chapter) => chapters.some((known) => known === chapter), {
      error: ({ input }) => `there is no chapter "${input}"; the chapters are ${chapters.join(', ')}.`,
    }),
    title: text('its title'),
    subtitle: text('its subtitle').optional(),
    synonyms: texts('its synonyms must be a list of strings, such as ["hijacking"].').optional(),
    question: text('its question'),
    lesson: text('its lesson'),
    weakness: text('its weakness').optional(),
    needsRealRedis: text('its needsRealRedis').optional(),
    fix: text('its fix').optional(),
    notTheFix: texts('its notTheFix must be a list of strings.').optional(),
    references: texts('its references must be a list of strings, such as ["CWE-384"].'),
    subject: z
      .array(z.string({ error: subjectRule }).min(1, subjectRule), subjectRule)
      .min(1, subjectRule)
      .optional(),
    cookieAttributes: z
      .array(z.enum(cookieAttributes, attributesRule), attributesRule)
      .min(1, attributesRule)
      .optional(),
    otherCookies: texts('its otherCookies must be a list of names of cookies, such as ["csrf"].').optional(),
    repairs: repairs.optional(),
    bcryptCost: whole('its bcryptCost', bcryptCosts.least, bcryptCosts.most).optional(),
    actors,
    times: times.optional(),
    inRealTime: times.optional(),
    sites: sites.optional(),
    openPages: texts('its openPages must be a list of origins, such as ["https://evil.example"].').optional(),
    // One for both variants, or one for each.
    setup: z
      .preprocess(
        (given) => (isObject(given) && 'vulnerable' in given ? Object.values(given) : [given]),
        z.array(setup),
      )
      .optional(),
    steps: z.array(step, { error: 'its steps must be a list.' }).min(1, 'it has no steps.'),
  },
  { error: fieldsOf('a scenario', 'it is not an object.') },
);

/** Returns what is wrong with the shape of a scenario, as the end of a sentence; null when nothing is. */
export function shapeProblem(definition: unknown): string | null {
  const [issue] = shape.safeParse(definition).error?.issues ?? [];
  if (!issue) return null;
  const [field, index] = issue.path;
  return field === 'steps' && typeof index === 'number' ? `step ${index + 1}: ${issue.message}` : issue.message;
}
