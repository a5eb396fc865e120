/** What a trace file must have in it, so that nothing the page does with it can fail. Checked against the types by its test. */
import { z } from 'zod';
import { hand } from './handSchema.ts';
import { address, count, header, ms } from './schemaFields.ts';

const answer = z.union([z.string(), z.number(), z.boolean()]);
const variant = z.enum(['vulnerable', 'protected']);
const store = z.enum(['mock', 'real']);
const variants = { vulnerable: answer, protected: answer };

const ask = z.object({
  question: z.string(),
  ...variants,
  onOtherStore: z.exactOptional(z.object({ store, ...variants })),
});

const actor = z.object({
  name: z.string(),
  label: z.string(),
  role: z.enum(['attacker', 'victim', 'person', 'admin']),
});

const scenario = z.object({
  slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'is not words in lower case with hyphens between them' }),
  chapter: z.string(),
  title: z.string(),
  question: z.string(),
  weakness: z.nullable(z.string()),
  actors: z.array(actor),
  steps: z.array(z.object({ title: z.string(), purpose: z.string(), narration: z.string(), ask: z.nullable(ask) })),
  lesson: z.string(),
  fix: z.nullable(z.string()),
  notTheFix: z.array(z.string()),
  needsRealRedis: z.nullable(z.string()),
  references: z.array(z.string()),
  letsTimePass: z.boolean(),
});

const base = { seq: count, at: ms, step: z.nullable(count) };
const inStep = { ...base, step: count };
const code = z.exactOptional(z.object({ file: z.string(), line: z.int().min(1) }));

const value = z.discriminatedUnion('type', [
  z.object({ type: z.literal('string'), data: z.string() }),
  z.object({ type: z.literal('hash'), data: z.record(z.string(), z.string()) }),
  z.object({ type: z.enum(['set', 'list']), data: z.array(z.string()) }),
  z.object({ type: z.literal('zset'), data: z.array(z.tuple([z.string(), z.number()])) }),
]);

const keyCause = z.discriminatedUnion('by', [
  z.object({ by: z.literal('command'), command: count }),
  z.object({ by: z.literal('hand') }),
  z.object({ by: z.literal('time') }),
  z.object({ by: z.literal('outside') }),
]);

const jarCause = z.discriminatedUnion('by', [
  z.object({ by: z.literal('response'), request: count }),
  z.object({ by: z.literal('planted'), actor: z.string() }),
  z.object({ by: z.literal('copied'), actor: z.string() }),
  z.object({ by: z.literal('script') }),
  z.object({ by: z.literal('site-data'), request: count }),
  z.object({ by: z.literal('closed') }),
  z.object({ by: z.literal('seen'), request: count }),
  z.object({ by: z.literal('own-clock') }),
  z.object({ by: z.literal('hand') }),
]);

const jarCookie = z.object({
  name: z.string(),
  value: z.string(),
  domain: z.string(),
  hostOnly: z.boolean(),
  path: z.string(),
  secure: z.boolean(),
  httpOnly: z.boolean(),
  sameSite: z.nullable(z.enum(['Strict', 'Lax', 'None'])),
  expiresAt: z.nullable(ms),
  attributes: z.exactOptional(z.literal('unknown')),
});

const cookieMoved = { ...base, actor: z.string(), victim: z.string(), name: z.string(), value: z.string() };

const event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('step-started'), ...inStep }),
  z.object({ type: z.literal('joined'), ...base, actor }),
  z.object({ type: z.literal('step-ended'), ...inStep, ms, error: z.nullable(z.string()) }),
  z.object({
    type: z.literal('request'),
    ...base,
    id: count,
    actor: z.string(),
    method: z.string(),
    url: address,
    headers: z.array(header),
    forwarded: z.array(header),
    body: z.nullable(z.string()),
    note: z.nullable(z.string()),
    cookies: z.array(z.object({ name: z.string(), value: z.string(), sent: z.boolean(), why: z.string() })),
  }),
  z.object({
    type: z.literal('response'),
    ...base,
    request: count,
    status: count,
    statusText: z.string(),
    headers: z.array(header),
    body: z.string(),
    ms,
    by: z.string(),
    cookies: z.array(
      z.object({
        header: z.string(),
        name: z.string(),
        outcome: z.enum(['stored', 'removed', 'refused']),
        why: z.string(),
      }),
    ),
    code,
  }),
  z.object({ type: z.literal('request-failed'), ...base, request: count, why: z.string(), ms }),
  z.object({
    type: z.literal('command'),
    ...base,
    id: count,
    request: z.nullable(count),
    name: z.string(),
    args: z.array(z.string()),
    reply: z.nullable(z.string()),
    error: z.nullable(z.string()),
    ms,
    code,
  }),
  z.object({
    type: z.literal('key'),
    ...base,
    key: z.string(),
    change: z.enum(['set', 'ttl', 'deleted', 'expired']),
    value: z.nullable(value),
    expiresAt: z.nullable(ms),
    cause: keyCause,
  }),
  z.object({ type: z.literal('jar'), ...base, actor: z.string(), cookies: z.array(jarCookie), cause: jarCause }),
  z.object({ type: z.literal('cookie-planted'), ...cookieMoved }),
  z.object({ type: z.literal('cookie-copied'), ...cookieMoved }),
  z.object({ type: z.literal('wait'), ...base, ms }),
  z.object({ type: z.literal('time'), ...base, ms, how: z.enum(['jumped', 'waited']) }),
  z.object({ type: z.literal('ask'), ...inStep, expected: answer, actual: answer, holds: z.boolean() }),
  z.object({
    type: z.literal('page-shown'),
    ...base,
    actor: z.string(),
    url: address,
    status: count,
    body: z.string(),
  }),
  z.object({
    type: z.literal('script'),
    ...base,
    actor: z.string(),
    origin: z.string(),
    wrote: z.nullable(z.string()),
    result: z.string(),
  }),
  z.object({ type: z.literal('mail'), ...base, request: z.nullable(count), to: z.string(), subject: z.string() }),
  z.object({
    type: z.literal('audit'),
    ...base,
    request: z.nullable(count),
    name: z.string(),
    userId: z.nullable(z.number()),
  }),
  z.object({ type: z.literal('restart'), ...base, change: z.string() }),
  z.object({ type: z.literal('fault'), ...base, what: z.string() }),
  z.object({ type: z.literal('hand'), ...base, action: hand }),
  z.object({ type: z.literal('store'), ...base, status: z.enum(['lost', 'back']), why: z.string() }),
  z.object({ type: z.literal('ended'), ...base, why: z.string() }),
]);

export const traceSchema = z.object({
  version: z.literal(1),
  header: z.object({
    sandbox: z.string(),
    scenario,
    variant,
    store,
    address: z.string(),
    namespace: z.string(),
    pace: z.enum(['jump', 'real']),
    limits: z.object({ idle: ms, absolute: ms }),
    startedAt: z.number().min(0).max(3.2e14),
  }),
  events: z.array(event),
});
