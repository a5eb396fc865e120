/**
 * Claims: what the narration of a step says has happened, in words that the trace can be held to. `mallory sends a session cookie`
 * is true when a request of hers in that step carried one. Pure.
 */
import { type ClaimFacts, factsOf } from './claimFacts.ts';
import type { Trace, Untrue, Variant } from './trace.ts';

/** @returns null when it is true, else what was seen instead, as the end of a sentence */
type Check = (facts: ClaimFacts, ...words: string[]) => string | null;

const unless = (holds: boolean, seen: string) => (holds ? null : seen);

/** Everything that can be claimed. `{actor}` is the name of an actor, `{number}` a number, `{text}` any text. */
const checks = {
  '{actor} sends no request': (facts, actor) => unless(facts.requests(actor!).length === 0, facts.sent(actor!)),
  '{actor} sends a session cookie': (facts, actor) =>
    unless(
      facts.requests(actor!).some(({ sid }) => sid !== null),
      facts.sent(actor!),
    ),
  '{actor} sends no session cookie': (facts, actor) => {
    const requests = facts.requests(actor!);
    return unless(requests.length > 0 && requests.every(({ sid }) => sid === null), facts.sent(actor!));
  },
  '{actor} sends the session ID of {actor}': (facts, actor, owner) => {
    const sids = facts.sidsOf(owner!);
    return unless(
      facts.requests(actor!).some(({ sid }) => sid !== null && sids.includes(sid)),
      facts.sent(actor!),
    );
  },
  '{actor} sends the cookie {text}': (facts, actor, name) =>
    unless(facts.namesSent(actor!).includes(name!), `sent ${listed(facts.namesSent(actor!), 'no cookie')}`),
  '{actor} does not send the cookie {text}': (facts, actor, name) =>
    unless(
      facts.requests(actor!).length > 0 && !facts.namesSent(actor!).includes(name!),
      `sent ${listed(facts.namesSent(actor!), 'no cookie')}`,
    ),
  '{actor} holds a cookie back: {text}': (facts, actor, why) => {
    const reasons = facts.reasonsHeldBack(actor!);
    return unless(has(reasons, why!), `gave ${listed(reasons, 'no reason to hold one back')}`);
  },

  '{actor} is answered {number}': (facts, actor, status) => {
    const statuses = facts.responses(actor!).map((response) => String(response.status));
    return unless(statuses.at(-1) === status, `was answered ${listed(statuses, 'nothing')}`);
  },
  '{actor} gets no answer': (facts, actor) => {
    const statuses = facts.responses(actor!).map((response) => String(response.status));
    return unless(
      facts.requests(actor!).length > 0 && statuses.length === 0,
      `was answered ${listed(statuses, 'nothing, and asked nothing')}`,
    );
  },
  '{actor} is answered by {text}': (facts, actor, by) => {
    const answering = facts.responses(actor!).map((response) => response.by);
    return unless(answering.at(-1) === by, `was answered by ${listed(answering, 'nobody')}`);
  },
  '{actor} gets a session cookie': (facts, actor) =>
    unless(facts.sidsSet(actor!).length > 0, 'got none that the browser kept'),
  '{actor} gets no session cookie': (facts, actor) => unless(facts.sidsSet(actor!).length === 0, 'got one'),
  '{actor} refuses a cookie: {text}': (facts, actor, why) => {
    const reasons = facts.reasonsRefused(actor!);
    return unless(has(reasons, why!), `gave ${listed(reasons, 'no reason to refuse one')}`);
  },
  '{actor} gets a new session ID': (facts, actor) => {
    const { before, after } = facts.held(actor!);
    return unless(
      after.some((sid) => !before.includes(sid)),
      after.length === 0 ? 'has no session cookie' : 'has the same one as before',
    );
  },
  '{actor} keeps the session ID': (facts, actor) => {
    const { before, after } = facts.held(actor!);
    return unless(
      before.some((sid) => after.includes(sid)),
      after.length === 0 ? 'has no session cookie' : 'has another one than before',
    );
  },
  '{actor} loses the session cookie': (facts, actor) => {
    const { before, after } = facts.held(actor!);
    return unless(before.length > 0 && after.length === 0, before.length === 0 ? 'had none before' : 'still has one');
  },
  '{actor} has a session cookie': (facts, actor) => unless(facts.held(actor!).after.length > 0, 'has none'),
  '{actor} has no session cookie': (facts, actor) => unless(facts.held(actor!).after.length === 0, 'has one'),
  '{actor} is taken for {text}': (facts, actor, name) => {
    const means = facts.takenFor(actor!);
    return unless(means === name, `is taken for ${means}`);
  },

  'the record of {actor} is stored': (facts, actor) => {
    const { before, after } = facts.record(facts.held(actor!).after);
    return unless(!before && after, before ? 'existed before' : 'does not exist');
  },
  'the record of {actor} is changed': (facts, actor) =>
    unless(facts.recordWas(actor!, 'set'), facts.recordSeen(actor!)),
  'the record of {actor} is renewed': (facts, actor) => unless(facts.recordRenewed(actor!), facts.recordSeen(actor!)),
  'the record of {actor} is not renewed': (facts, actor) => {
    const { before, after } = facts.record(facts.sidsOf(actor!));
    return unless(before && after && !facts.recordRenewed(actor!), facts.recordSeen(actor!));
  },
  'the record of {actor} is deleted': (facts, actor) =>
    unless(facts.recordWas(actor!, 'deleted'), facts.recordSeen(actor!)),
  'the record of {actor} expires': (facts, actor) =>
    unless(facts.recordWas(actor!, 'expired'), facts.recordSeen(actor!)),
  'the record of {actor} stays': (facts, actor) => {
    const { before, after } = facts.record(facts.sidsOf(actor!));
    return unless(before && after, facts.recordSeen(actor!));
  },
  'no record is stored': (facts) => unless(facts.recordsStored() === 0, `${facts.recordsStored()} stored`),
  '{number} records are stored': (facts, number) =>
    unless(String(facts.recordsStored()) === number, `${facts.recordsStored()} stored`),

  'the app restarts': (facts) => unless(facts.restarts() > 0, 'no restart'),
  'the app refuses to start': (facts) => unless(facts.failedStarts() > 0, 'no start that failed'),

  'Redis gets {text}': (facts, name) =>
    unless(facts.commands().includes(name!), `got ${listed([...new Set(facts.commands())], 'no command')}`),
  'Redis does not get {text}': (facts, name) => unless(!facts.commands().includes(name!), 'got it'),
  'a mail goes to {text}': (facts, to) =>
    unless(facts.mailsTo().includes(to!), `mail went to ${listed(facts.mailsTo(), 'nobody')}`),
  'no mail is sent': (facts) => unless(facts.mailsTo().length === 0, `mail went to ${facts.mailsTo().join(', ')}`),
  'the audit log has {text}': (facts, name) =>
    unless(facts.audited().includes(name!), `has ${listed(facts.audited(), 'nothing new')}`),
  'the audit log does not have {text}': (facts, name) => unless(!facts.audited().includes(name!), 'has it'),
} satisfies Record<string, Check>;

/** Replaces the placeholders of a pattern: names of actors are checked by the compiler. */
type Filled<Pattern extends string, Names extends string> = Pattern extends `${infer Head}{actor}${infer Tail}`
  ? `${Head}${Names}${Filled<Tail, Names>}`
  : Pattern extends `${infer Head}{number}${infer Tail}`
    ? `${Head}${number}${Filled<Tail, Names>}`
    : Pattern extends `${infer Head}{text}${infer Tail}`
      ? `${Head}${string}${Filled<Tail, Names>}`
      : Pattern;

/** Something that must have happened in a step, as one sentence: `the record of alice is renewed`. */
export type Claim<Names extends string = string> = Filled<keyof typeof checks, Names>;

/** The claims of a step: the same in both variants, or those of each. */
export type Claims<Names extends string = string> = Claim<Names>[] | Record<Variant, Claim<Names>[]>;

const patterns = Object.entries(checks).map(([pattern, check]) => {
  const places = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, kind]) => kind!);
  const source = pattern.replaceAll('{actor}', '(\\w+)').replaceAll('{number}', '(\\d+)').replaceAll('{text}', '(.+)');
  return { pattern, places, expression: new RegExp(`^${source}$`), check: check as Check };
});

const matchOf = (claim: string) => {
  for (const { expression, places, check } of patterns) {
    const match = expression.exec(claim);
    if (match) return { words: match.slice(1), places, check };
  }
  return null;
};

/** Returns why a claim cannot be checked, as a sentence; null when it can. */
export function claimProblem(claim: string, actors: readonly string[]): string | null {
  const match = matchOf(claim);
  if (!match) return `nothing can check the claim "${claim}". A claim reads like ${examples}.`;
  const stranger = match.words.find((word, index) => match.places[index] === 'actor' && !actors.includes(word));
  return stranger === undefined ? null : `its claim "${claim}" names "${stranger}", who is no actor.`;
}

const examples = '"alice sends a session cookie" or "the record of alice is renewed"';

/** Returns the claims of a step in that variant. */
export function claimsIn(claims: Claims | undefined, variant: Variant): Claim[] {
  if (claims === undefined) return [];
  return Array.isArray(claims) ? claims : claims[variant];
}

/** Returns the claims that the trace of the step contradicts. @param step counted from 0 */
export function untrueClaims(
  claims: readonly Claim[],
  trace: Pick<Trace, 'header' | 'events'>,
  step: number,
): Untrue[] {
  if (claims.length === 0) return [];
  const facts = factsOf(trace, step);
  return claims.flatMap((claim) => {
    const match = matchOf(claim);
    const seen = match ? match.check(facts, ...match.words) : 'nothing can check it';
    return seen === null ? [] : [{ claim, seen }];
  });
}

const has = (reasons: readonly string[], part: string) => reasons.some((reason) => reason.includes(part));

const listed = (items: readonly string[], none: string) => (items.length === 0 ? none : items.join(', '));
