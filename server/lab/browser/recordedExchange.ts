import { asError } from '../../../scenarios/engine/errors.ts';
import type { ReceivedCookie, SentCookie } from '../../../scenarios/engine/trace.ts';
import type { Answered, Host } from '../network/hosts.ts';
import { type HttpRequest, NoAnswer } from '../network/loopback.ts';
import type { Recorder } from '../recorder.ts';
import type { Clock } from '../time/clock.ts';

/** A request as a browser sends it, virtual or real, with what only the trace tells of it. */
export interface RecordedRequest {
  /** Its number in the trace. */
  id: number;
  /** The name of the actor who sends it. */
  actor: string;
  message: HttpRequest & { body: string | null };
  /** Each cookie of the browser, and why it was sent or not. */
  cookies: SentCookie[];
  /** How the request came about; null if the step says it. */
  note: string | null;
}

/**
 * Has a host answer a request, and records the request and the response.
 *
 * @param receive decides about the cookies of the response, which are recorded with it
 * @returns the answer, the milliseconds until it was there, and the cookies
 * @throws NoAnswer when the patience of the message ran out. Error when no answer came for another reason. Both are recorded.
 */
export async function recordExchange(
  { recorder, clock }: { recorder: Recorder; clock: Clock },
  host: Host,
  { id, actor, message, cookies, note }: RecordedRequest,
  receive: (answered: Answered) => ReceivedCookie[],
): Promise<{ answered: Answered; ms: number; received: ReceivedCookie[] }> {
  const { method, url, headers, body } = message;
  const forwarded = host.forwarded(message);
  recorder.record({ type: 'request', id, actor, method, url: url.href, headers, forwarded, body, note, cookies });
  const started = clock.now();
  const answered = await host.answer(message, id).catch((error) => {
    const why = asError(error).message;
    recorder.record({ type: 'request-failed', request: id, why, ms: clock.now() - started });
    if (error instanceof NoAnswer && message.patience !== undefined) throw error;
    throw new Error(`${method} ${url.pathname} got no answer: ${why}`);
  });
  const ms = clock.now() - started;
  const received = receive(answered);
  recorder.record({ type: 'response', request: id, ...answered, ms, cookies: received });
  return { answered, ms, received };
}
