/** What the handler of another site may return. A scenario file may be JavaScript, which nobody checks the types of. */
import { z } from 'zod';
import type { SiteResponse } from '../../../scenarios/engine/sites.ts';

const status = 'its status is a whole number from 200 to 599';
const headers = 'its headers are an object of texts, or of lists of texts';
const schema = z.strictObject(
  {
    status: z.int(status).min(200, status).max(599, status).optional(),
    headers: z.record(z.string(), z.union([z.string(), z.array(z.string())], headers), headers).optional(),
    body: z.string('its body is a text').optional(),
  },
  {
    error: ({ code, keys }) =>
      code === 'unrecognized_keys'
        ? `it has a status, headers and a body, and no ${(keys as string[])[0]}`
        : 'it is an object such as { body: "Hello" }',
  },
);

/** @throws TypeError for what is no response, in a sentence */
export function requireResponse(returned: unknown): SiteResponse {
  const { error } = schema.safeParse(returned);
  if (error) throw new TypeError(`it returned no response: ${error.issues[0]?.message}.`);
  return returned as SiteResponse;
}
