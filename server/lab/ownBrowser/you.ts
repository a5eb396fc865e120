import { learner as outline } from '../../../scenarios/engine/identity.ts';
import type { Header, JarCause } from '../../../scenarios/engine/trace.ts';
import { shopOrigin } from '../browser/actor.ts';
import type { Surroundings } from '../browser/browser.ts';
import type { Answered, Message } from '../network/hosts.ts';
import { redact } from '../redact.ts';
import { contextOf, endToEnd, headerOf, type Incoming } from './incoming.ts';
import { createKnownJar } from './knownJar.ts';

/** The learner's own browser as one more actor of a sandbox. */
export interface You {
  /** Be there from now on, if not already. */
  join(): void;
  /**
   * Hand a request of that browser to the app, through its front like everybody's; it stands in the trace.
   * @throws Error when no answer comes
   */
  answer(incoming: Incoming): Promise<Answered>;
  /** To be called after time was jumped. */
  timeJumped(): void;
}

/** Said of every request, because it is not what the address tells. */
const note = 'over http from your own browser, which trusts this machine as it trusts TLS; the app is told https';

export function createYou({ clock, recorder, hostOf, nextRequest, signal }: Omit<Surroundings, 'sessionCookie'>): You {
  const jar = createKnownJar();
  const { name } = outline;
  let joined = false;
  // Whatever a browser does meanwhile, it is no part of a step.
  const step = null;

  const recordJar = (cause: JarCause) =>
    recorder.record({ type: 'jar', step, actor: name, cookies: jar.list(clock.now()), cause });
  const join = () => {
    if (joined) return;
    joined = true;
    recorder.record({ type: 'joined', step, actor: outline });
  };

  return {
    join,

    async answer(incoming) {
      signal.throwIfAborted();
      join();
      const { method, url, headers, body, address } = incoming;
      const context = contextOf(incoming);
      const { cookies, changed } = jar.sent(context, headerOf(headers, 'cookie'));
      const front = hostOf(new URL(shopOrigin));
      const message: Message = { method, url: overTls(url), headers: onward(headers, body), body, address };
      const id = nextRequest();
      const text = body.length > 0 ? redact(body.toString()) : null;
      const forwarded = front.forwarded(message);
      recorder.record({
        ...{ type: 'request', step, id, actor: name, method, url: url.href },
        ...{ headers, forwarded, body: text, note, cookies },
      });
      if (changed) recordJar({ by: 'seen', request: id });

      const started = clock.now();
      let answered: Answered;
      try {
        answered = await front.answer(message, id);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        recorder.record({ type: 'request-failed', step, request: id, why, ms: clock.now() - started });
        throw new Error(`The shop gave no answer: ${why}`, { cause: error });
      }
      const received = answered.headers
        .filter(([name]) => name.toLowerCase() === 'set-cookie')
        .map(([, value]) => jar.receive(value, context));
      const ms = clock.now() - started;
      recorder.record({ type: 'response', step, request: id, ...answered, ms, cookies: received });
      if (received.length > 0) recordJar({ by: 'response', request: id });
      return answered;
    },

    timeJumped() {
      const ends = jar.list(clock.now()).some(({ expiresAt }) => expiresAt !== null);
      if (ends) recordJar({ by: 'own-clock' });
    },
  };
}

/** For the front: the way to it is as good as TLS to a browser, which takes a Secure cookie here. So it says https to the app. */
function overTls(url: URL): URL {
  const same = new URL(url);
  same.protocol = 'https:';
  return same;
}

const onward = (headers: readonly Header[], body: Buffer): Header[] => [
  ...endToEnd(headers),
  ...(body.length > 0 ? [['Content-Length', String(body.length)] as Header] : []),
];
