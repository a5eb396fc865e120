import type { RequestOptions } from '../../../scenarios/engine/cast.ts';
import type { Header } from '../../../scenarios/engine/trace.ts';
import { type BrowserEnvironment, hasCredentials, ignored, withheld } from '../browser/exchange.ts';
import { recordExchange } from '../browser/recordedExchange.ts';
import type { RequestContext } from '../browser/requestContext.ts';
import { valuesOf } from '../headers.ts';
import type { Answered } from '../network/hosts.ts';
import { NoAnswer } from '../network/loopback.ts';
import type { ChromiumProxy, ChromiumRequest } from './proxy.ts';
import type { CookieRules } from './rules.ts';

/** What a person or a page does that makes Chromium send requests. */
export interface Action extends Pick<RequestContext, 'initiator' | 'navigation' | 'loadedAs' | 'noCors'> {
  credentials?: NonNullable<RequestOptions['credentials']>;
  /** Milliseconds that the page waits for a response. */
  patience?: number;
  /** How the first request came about, for the trace. */
  note: string | null;
}

/** A request of the current action, with its response. */
interface Exchanged {
  id: number;
  answered: Answered;
  /** The response set a cookie or cleared all. */
  changesCookies: boolean;
}

/** What came over the network because of an action, and what the browser shows of it. */
export interface Outcome<Shown> {
  shown: Shown;
  exchanged: readonly Exchanged[];
  /** The page stopped waiting. */
  gaveUp: boolean;
}

interface Sender {
  name: string;
  /** The IP address it sends from. */
  address: string;
  userAgent: string;
  /** What the User-Agent ends with, so that the proxy knows whose request it is. The app does not see it. */
  mark: string;
  rules: CookieRules;
}

/** Answers the requests of one Chromium context from the hosts of the scenario, and records both. */
export function recordExchanges(
  { name, address, userAgent, mark, rules }: Sender,
  proxy: ChromiumProxy,
  { recorder, clock, hostOf, nextRequest }: BrowserEnvironment,
) {
  let action: Action = { initiator: null, navigation: true, note: null };
  let exchanged: Exchanged[] = [];
  let redirects: URL[] = [];
  /** Why the current action got no answer. */
  let failure: Error | null = null;
  let gaveUp = false;

  proxy.admit(userAgent + mark, async (sent: ChromiumRequest) => {
    // Chromium sends a request again whose connection was closed. The page has given up by then.
    if (failure || gaveUp) throw failure;
    const id = nextRequest();
    const headers = sent.headers.map(([name, value]): Header => [name, value.replace(mark, '')]);
    const message = { ...sent, headers, address, streamed: refuseStream, patience: action.patience };
    const { method, url } = message;
    const isPreflight = method === 'OPTIONS' && valuesOf(headers, 'access-control-request-method').length > 0;
    const context = { ...action, method, url, redirects };
    const credentials = hasCredentials(context);
    const fromRules = rules.sent(valuesOf(headers, 'cookie').join('; '), context);
    const cookies = isPreflight ? [] : credentials ? fromRules : withheld({ cookies: fromRules }).cookies;
    const note = isPreflight
      ? 'a CORS preflight: asks for permission'
      : redirects.length > 0
        ? 'follows a redirect'
        : action.note;
    const receive = ({ headers }: Answered) =>
      (isPreflight ? [] : valuesOf(headers, 'set-cookie')).map((header) =>
        credentials ? rules.received(header, context) : ignored(header, context),
      );
    const request = { id, actor: name, message, cookies, note };
    const { answered, received } = await recordExchange({ recorder, clock }, hostOf(url), request, receive).catch(
      (error) => {
        if (error instanceof NoAnswer) gaveUp = true;
        else failure = error;
        throw error;
      },
    );
    const clears = valuesOf(answered.headers, 'clear-site-data').length > 0;
    exchanged.push({ id, answered, changesCookies: clears || received.some(({ outcome }) => outcome !== 'refused') });
    if (!isPreflight) redirects = [...redirects, url];
    return answered;
  });

  function refuseStream({ body }: { body: { destroy(): void } }): void {
    body.destroy();
    failure ??= new Error('The response stays open. That is played in the virtual browser only.');
  }

  return {
    /** @throws Error when a request got no answer */
    async during<Shown>(next: Action, act: () => Promise<Shown>): Promise<Outcome<Shown>> {
      [action, exchanged, redirects, failure, gaveUp] = [next, [], [], null, false];
      const shown = await act().catch((error) => {
        throw failure ?? error;
      });
      if (failure) throw failure;
      return { shown, exchanged, gaveUp };
    },
  };
}
