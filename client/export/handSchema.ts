/** What a trace file may say was done by hand. Checked against the types with the rest of the trace. */
import { z } from 'zod';
import { header, ms } from './schemaFields.ts';

const cookieIdentity = { name: z.string(), domain: z.string(), path: z.string() };

export const hand = z.discriminatedUnion('do', [
  z.object({ do: z.literal('jump-time'), ms }),
  z.object({ do: z.literal('delete-key'), key: z.string() }),
  z.object({ do: z.literal('set-key'), key: z.string(), value: z.string() }),
  z.object({ do: z.literal('expire-key'), key: z.string(), ms: z.nullable(ms) }),
  z.object({ do: z.literal('redis'), line: z.string() }),
  z.object({
    do: z.literal('request'),
    actor: z.string(),
    method: z.string(),
    url: z.string(),
    origin: z.nullable(z.string()),
    headers: z.array(header),
    body: z.nullable(z.string()),
  }),
  z.object({ do: z.literal('edit-cookie'), actor: z.string(), value: z.string(), ...cookieIdentity }),
  z.object({ do: z.literal('delete-cookie'), actor: z.string(), ...cookieIdentity }),
  z.object({ do: z.literal('copy-cookie'), actor: z.string(), from: z.string(), ...cookieIdentity }),
  z.object({
    do: z.literal('session-options'),
    change: z.object({
      rolling: z.exactOptional(z.boolean()),
      resave: z.exactOptional(z.boolean()),
      saveUninitialized: z.exactOptional(z.boolean()),
      maxAge: z.exactOptional(z.nullable(ms)),
      httpOnly: z.exactOptional(z.boolean()),
      secure: z.exactOptional(z.boolean()),
      sameSite: z.exactOptional(z.nullable(z.enum(['strict', 'lax', 'none']))),
      trustProxy: z.exactOptional(z.union([z.number(), z.boolean()])),
      store: z.exactOptional(z.enum(['redis', 'memory'])),
    }),
  }),
]);
