import type { ManualRequest } from '../../../../scenarios/engine/actions.ts';
import { appOrigin } from '../../browser/actor.ts';
import { joined, manualPatience, methodOf } from '../manualRequest.ts';
import { type Circumstances, call, type Held, type MadeStep, shown } from './calls.ts';
import { type AnyCast, type Code, json, literal, record } from './code.ts';
import { textCode } from './moment.ts';

/** A request, written as a step would send it; asked is the status of its answer. */
export function requestStep(action: ManualRequest, held: Held, { labelOf, unanswered }: Circumstances): MadeStep {
  const { actor } = action;
  const method = methodOf(action);
  const url = new URL(action.url, action.url.startsWith('/') ? appOrigin : (action.origin ?? appOrigin));
  const page = action.origin === null || action.origin === appOrigin ? undefined : action.origin;
  const own = action.origin ?? appOrigin;
  const address = textCode(url.origin === own ? url.pathname + url.search : url.href, held);
  return {
    title: `${labelOf(actor)} sends ${method} ${shown(url.origin === appOrigin ? url.pathname : url.href, held)}`,
    calls: [action.origin === null ? call(actor, 'visit', [address]) : fetchCall()],
    ask: {
      question: 'What is the status of the answer?',
      answer: {
        text: `${actor}!.last.status`,
        uses: [actor],
        value: (cast: AnyCast) => cast[actor]!.last.status,
      },
    },
  };

  function fetchCall(): Code<unknown> {
    const { body } = action;
    const headers = Object.entries(joined(action.headers));
    const isJson =
      headers.length === 1 && headers[0]![0].toLowerCase() === 'content-type' && headers[0]![1] === 'application/json';
    const patience = unanswered ? [['patience', literal(manualPatience)] as const] : [];
    const options = (named: [string, string][]) => {
      const entries = [
        ...(named.length > 0
          ? [['headers', record(named.map(([name, text]) => [name, textCode(text, held)]))] as const]
          : []),
        ...patience,
      ] as [string, Code<unknown>][];
      return entries.length === 0 ? [] : [record(entries)];
    };
    if (method === 'GET' && body === null) return call(actor, 'get', [address, ...options(headers)], page);
    if (/^(POST|DELETE)$/.test(method)) {
      const name = method.toLowerCase();
      if (body === null && headers.length === 0) {
        const rest = options([]);
        return call(actor, name, rest.length === 0 ? [address] : [address, undefinedCode, ...rest], page);
      }
      if (body !== null && isJson && isPlainJson(body)) {
        const value = json(JSON.parse(body), (text) => textCode(text, held));
        return call(actor, name, [address, value, ...options([])], page);
      }
    }
    const rest = options(headers);
    const written = body === null ? (rest.length === 0 ? [] : [undefinedCode]) : [textCode(body, held)];
    return call(actor, 'send', [literal(method), address, ...written, ...rest], page);
  }
}

const undefinedCode: Code<undefined> = { text: 'undefined', uses: [], value: () => undefined };

/** JSON as `JSON.stringify` writes it, so that the same bytes go out. */
function isPlainJson(body: string): boolean {
  try {
    return JSON.stringify(JSON.parse(body)) === body;
  } catch {
    return false;
  }
}
