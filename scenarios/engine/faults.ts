/** Faults: what disturbs the app or what it depends on, and what ends that. Their text is in eventText.ts. */
import { count, milliseconds, z } from './fields.ts';

/** The name of a Redis command, in lower case; null: every command. */
const command = z.nullable(z.string());

export const fault = z.discriminatedUnion('is', [
  z.object({ is: z.literal('slow'), command, ms: milliseconds }),
  z.object({ is: z.literal('fast-again') }),
  z.object({ is: z.literal('held'), command }),
  z.object({ is: z.literal('released') }),
  // Each command fails at once, as without a connection.
  z.object({ is: z.literal('disconnected'), command }),
  // Also ends `slow`, `held` and a frozen connection.
  z.object({ is: z.literal('connected-again') }),
  // Nothing is answered: by a server of the sandbox's own, or on the sandbox's connection to a server that others use, too.
  z.object({ is: z.literal('frozen'), what: z.enum(['server', 'connection']) }),
  z.object({ is: z.literal('thawed') }),
  z.object({ is: z.literal('crashed') }),
  z.object({ is: z.literal('started-empty') }),
  // What a restart without persistence leaves of the sandbox's keys: none.
  z.object({ is: z.literal('restarted-empty') }),
  // Another program has written keys into the same server.
  z.object({ is: z.literal('filled'), keys: count, bytes: count, refused: count }),
  z.object({ is: z.literal('payments-held') }),
  z.object({ is: z.literal('payments-released') }),
  z.object({ is: z.literal('unhandled-rejection'), message: z.string() }),
  z.object({ is: z.literal('start-failed'), message: z.string() }),
]);
export type Fault = z.infer<typeof fault>;
