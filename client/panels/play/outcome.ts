/** What became of a request, in a few lines: what decided it first. Pure. */
import type { Exchange } from '../../../scenarios/engine/read.ts';
import type { TraceEvent } from '../../../scenarios/engine/trace.ts';

export interface OutcomeLine {
  text: string;
  tone: 'good' | 'bad' | 'plain';
}

/** @param events those visible, for what the shop wrote into its audit log */
export function outcomeOf({ request, response, failure }: Exchange, events: readonly TraceEvent[]): OutcomeLine[] {
  const lines: OutcomeLine[] = [];
  if (failure) lines.push({ text: `No answer: ${failure.why}`, tone: 'bad' });
  else if (!response) lines.push({ text: 'No answer yet', tone: 'plain' });
  else
    lines.push({
      text: `${response.status} ${response.statusText}`.trim(),
      tone: response.status < 400 ? 'good' : 'bad',
    });
  if (isForged(events, request.id))
    lines.push({
      text: 'The shop found a signature that does not fit its id, and took the cookie for none.',
      tone: 'bad',
    });
  for (const { name, sent, why } of request.cookies)
    if (!sent) lines.push({ text: `${name} was not sent: ${why}`, tone: 'plain' });
  for (const { name, outcome, why } of response?.cookies ?? [])
    lines.push({
      text: `${name} was ${outcome} by the browser: ${why}`,
      tone: outcome === 'refused' ? 'bad' : 'plain',
    });
  return lines;
}

/** Whether the shop noted a session cookie that it had not signed in that request. */
export const isForged = (events: readonly TraceEvent[], request: number) =>
  events.some(
    (event) => event.type === 'audit' && event.name === 'session_cookie_invalid' && event.request === request,
  );
