/** Somebody on the network who answers unencrypted requests in the app's name. Pure. */
import type { Exchange } from './read.ts';

/** What a browser gave to the one who answered instead of the app. */
export type GivenAway = 'nothing' | 'cookie' | 'password';

/** Answers over http as the app's host, or as a host below it. The app itself answers under a name: "app", "app 2". */
const inTheAppsName = /^http:\/\/([a-z0-9-]+\.)*shop\.example(:\d+)?$/;

/** Returns what an impostor got from a browser in these exchanges; null when its last answer is not from an impostor. */
export function givenToImpostor(sent: readonly Exchange[]): GivenAway | null {
  const answered = sent.filter(({ response }) => response !== null);
  if (!isImpostor(answered.at(-1))) return null;
  const requests = answered.filter(isImpostor).map(({ request }) => request);
  if (requests.some(({ body }) => /password/i.test(body ?? ''))) return 'password';
  return requests.some(({ sid }) => sid !== null) ? 'cookie' : 'nothing';
}

/** Whether the one who answered stood in for the app. */
export const isImpostor = (exchange: Exchange | undefined) => inTheAppsName.test(exchange?.response?.by ?? '');
