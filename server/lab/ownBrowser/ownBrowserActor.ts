import { asError } from '../../../scenarios/engine/errors.ts';
import { learner as outline } from '../../../scenarios/engine/identity.ts';
import type { Header, JarCause } from '../../../scenarios/engine/trace.ts';
import type { BrowserEnvironment } from '../browser/exchange.ts';
import { endToEnd, valuesOf } from '../headers.ts';
import { type Answered, appOrigin } from '../network/hosts.ts';
import type { HttpRequest } from '../network/loopback.ts';
import { contextOf, type IncomingRequest } from './incomingRequest.ts';
import { createObservedJar } from './observedJar.ts';

/** Recorded with every request, because the URL does not show it. */
const note =
  'sent over http from your own browser, which trusts this machine; the reverse proxy reports https to the app';

/** The learner's own browser as an additional actor of a sandbox. */
export function createOwnBrowserActor(environment: Omit<BrowserEnvironment, 'sessionCookie'>) {
  const { clock, recorder, hostOf, nextRequest, signal } = environment;
  const jar = createObservedJar();
  const { name } = outline;
  // What this browser does belongs to no step, even while one is being played.
  const step = null;
  let joined = false;

  const recordJar = (cause: JarCause) =>
    recorder.record({ type: 'jar', step, actor: name, cookies: jar.list(clock.now()), cause });
  const join = () => {
    if (joined) return;
    joined = true;
    recorder.record({ type: 'joined', step, actor: outline });
  };

  return {
    /** Records that the learner takes part, unless already recorded. */
    join,

    /**
     * Passes a request of the browser to the app, through the same reverse proxy as every actor's, and records it.
     * @throws Error when no answer comes
     */
    async answer(incoming: IncomingRequest): Promise<Answered> {
      signal.throwIfAborted();
      join();
      const { method, url, headers, body, address } = incoming;
      const context = contextOf(incoming);
      const { cookies, changed } = jar.sent(context, valuesOf(headers, 'cookie')[0]);
      const proxy = hostOf(new URL(appOrigin));
      const secure = overTls(url);
      // The app compares the two: what is reported as https must come from an https page.
      const page = valuesOf(headers, 'origin').includes(url.origin) ? [['Origin', secure.origin] satisfies Header] : [];
      const message: HttpRequest = { method, url: secure, headers: passedOn(headers, page, body), body, address };
      const id = nextRequest();
      const text = body.length > 0 ? body.toString() : null;
      const forwarded = [...proxy.forwarded(message), ...page];
      recorder.record({
        ...{ type: 'request', step, id, actor: name, method, url: url.href },
        ...{ headers, forwarded, body: text, note, cookies },
      });
      if (changed) recordJar({ by: 'seen', request: id });

      const started = clock.now();
      let answered: Answered;
      try {
        answered = await proxy.answer(message, id);
      } catch (error) {
        const why = asError(error).message;
        recorder.record({ type: 'request-failed', step, request: id, why, ms: clock.now() - started });
        throw new Error(`The app did not answer: ${why}`, { cause: error });
      }
      const received = valuesOf(answered.headers, 'set-cookie').map((value) => jar.receive(value, context));
      const ms = clock.now() - started;
      recorder.record({ type: 'response', step, request: id, ...answered, ms, cookies: received });
      if (received.length > 0) recordJar({ by: 'response', request: id });
      return answered;
    },

    /** Records the cookies' new expiry times. Call it after a jump in time. */
    timeJumped(): void {
      const expires = jar.list(clock.now()).some(({ expiresAt }) => expiresAt !== null);
      if (expires) recordJar({ by: 'own-clock' });
    },
  };
}

export type OwnBrowserActor = ReturnType<typeof createOwnBrowserActor>;

/** The browser treats its connection as secure and accepts a Secure cookie here, so the reverse proxy reports https to the app. */
function overTls(url: URL): URL {
  const secure = new URL(url);
  secure.protocol = 'https:';
  return secure;
}

/** @param replaced headers of the reverse proxy, in place of those with the same names */
const passedOn = (headers: readonly Header[], replaced: readonly Header[], body: Buffer): Header[] => [
  ...endToEnd(headers).filter(([name]) => !replaced.some(([other]) => other.toLowerCase() === name.toLowerCase())),
  ...replaced,
  ...(body.length > 0 ? [['Content-Length', String(body.length)] as Header] : []),
];
