/** The outline of a scenario: everything that is known without playing it. Schemas; their types are in trace.ts. */
import { answer, slug, storeKind, z } from './fields.ts';

export const actorRole = z.enum(['attacker', 'victim', 'person', 'admin']);

export const actorOutline = z.object({
  /** The name in the scenario's code: `mallory`, `alicesPhone`. */
  name: z.string(),
  /** The name people read: "Mallory", "Alice's phone". */
  label: z.string(),
  role: actorRole,
});

const answers = { vulnerable: answer, protected: answer };

export const askOutline = z.object({
  question: z.string(),
  // The answers expected on the store of this trace.
  ...answers,
  /** Present only when the other store is expected to answer differently, which is then part of the lesson. */
  onOtherStore: z.exactOptional(z.object({ store: storeKind, ...answers })),
});

export const stepOutline = z.object({
  title: z.string(),
  purpose: z.string(),
  narration: z.string(),
  ask: z.nullable(askOutline),
});

export const scenarioOutline = z.object({
  slug,
  chapter: z.string(),
  title: z.string(),
  question: z.string(),
  /** The file in server/weaknesses, without its extension; null when the variants differ in how the app is set up. */
  weakness: z.nullable(z.string()),
  actors: z.array(actorOutline),
  steps: z.array(stepOutline),
  lesson: z.string(),
  /** The lines of code that fix it; null when there are none. */
  fix: z.nullable(z.string()),
  /** What people believe helps but does not, each with the reason. */
  notTheFix: z.array(z.string()),
  /** Why the mock cannot show this scenario; null when it can. */
  needsRealRedis: z.nullable(z.string()),
  /** Ids of standards and weaknesses: "ASVS V7.2.4", "CWE-384". */
  references: z.array(z.string()),
  /** Whether any step lets time pass. */
  letsTimePass: z.boolean(),
});
