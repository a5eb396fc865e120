import type { LastResponse } from '../../../scenarios/engine/cast.ts';
import type { ActorOutline, JarCause } from '../../../scenarios/engine/trace.ts';
import { type Cookie, toJarCookie } from '../../lab/browser/cookies/cookie.ts';
import { createJar } from '../../lab/browser/cookies/jar.ts';
import { type BrowserRequest, createExchange } from '../../lab/browser/exchange.ts';
import { createHistory } from '../../lab/browser/history.ts';
import { followUp } from '../../lab/browser/redirect.ts';
import { createStreams } from '../../lab/browser/streams.ts';
import type { Recorder } from '../../lab/recorder.ts';
import type { Clock } from '../../lab/time/clock.ts';
import { messageOf, NetworkFailed, RecipeWrong } from '../errors.ts';
import type { Network } from '../network.ts';
import type { Pace } from '../safety/pace.ts';
import type { Secrets } from '../safety/secrets.ts';
import type { Answer } from '../target.ts';

/** As the Fetch standard says; an app that redirects more often is not one that a recipe can use. */
const mostRedirects = 20;

/** What every browser of one probe uses. */
export interface Surroundings {
  origin: string;
  network: Network;
  pace: Pace;
  secrets: Secrets;
  userAgent: string;
  signal: AbortSignal;
  clock: Clock;
  recorder: Recorder;
  nextRequest(): number;
  /** Resolves when what the request has changed in the app's Redis is recorded. */
  settled(): Promise<void>;
}

/** A request that was sent, with its answer. */
export interface Sent {
  id: number;
  request: BrowserRequest;
  response: LastResponse;
}

export type Tab = ReturnType<typeof openTab>;

/** The browser of one person with one window: what the browser of a recipe, and the probes, are made of. */
export function openTab({ name, label }: ActorOutline, surroundings: Surroundings) {
  const { origin, network, pace, secrets, userAgent, clock, recorder } = surroundings;
  const jar = createJar({ laxAllowingUnsafe: true });
  const history = createHistory();
  const sent: Sent[] = [];
  let page: URL | null = null;
  /** The pages in the window's history that Back can still reach. */
  let behind = -1;
  let last: Answer | null = null;
  /** Looks at a request before it is sent, and may change it, or throw to end what the recipe does. */
  let before = (request: BrowserRequest): BrowserRequest => request;

  const exchange = createExchange(
    { name, address: '', userAgent, jar, streams: createStreams(name, surroundings) },
    { ...surroundings, hostOf: () => network, sessionCookie: '' },
  );
  const recordJar = (cause: JarCause) =>
    recorder.record({
      type: 'jar',
      actor: name,
      cookies: jar.list().map((cookie) => toJarCookie(cookie, clock.now())),
      cause,
    });

  async function exchangeOnce(asked: BrowserRequest): Promise<Sent> {
    const request = before(asked);
    await pace.turn();
    const { id, response } = await exchange(request).catch((error: unknown) => {
      surroundings.signal.throwIfAborted();
      throw new NetworkFailed(messageOf(error).replace(/^.*? got no answer: /, ''));
    });
    for (const { value } of jar.list()) secrets.cookie(value);
    await surroundings.settled();
    const one = { id, request, response };
    sent.push(one);
    return one;
  }

  /** Sends a request and follows redirects within the origin. One that leads elsewhere is told, not followed. */
  async function request(first: BrowserRequest): Promise<Answer> {
    if (first.url.origin !== origin) {
      throw new RecipeWrong(`The recipe asks ${first.url.origin}, and only ${origin} may be asked.`);
    }
    let next = first;
    for (let redirects = 0; ; redirects++) {
      const one = await exchangeOnce(next);
      const following = followed(one);
      if (following === null) return show(one);
      if (redirects === mostRedirects) throw new RecipeWrong(`${first.url.pathname} redirects more than 20 times.`);
      next = following;
    }
  }

  function followed({ id, request, response }: Sent): BrowserRequest | null {
    const stop = (why: string) => {
      recorder.record({ type: 'stopped', actor: name, method: 'GET', url: request.url.href, request: id, why });
      return null;
    };
    try {
      const following = followUp(request, response);
      if (following === null || following.url.origin === origin) return following;
      return stop(`it redirects to ${following.url.origin}, which is not followed: only ${origin} is asked`);
    } catch (error) {
      return stop(`it ${messageOf(error).replace(/\.$/, '')}`);
    }
  }

  function show({ request, response }: Sent): Answer {
    if (request.navigation && response.status !== 204 && response.status !== 205) {
      // A link to the page that is open replaces it.
      if (!(request.method === 'GET' && page?.href === request.url.href)) behind += 1;
      history.visited(request, response);
      page = request.url;
    }
    const { status, headers, text, json } = response;
    last = { url: request.url.href, status, headers, text, json };
    return last;
  }

  const typed = (path: string): BrowserRequest => ({
    method: 'GET',
    url: new URL(path, origin),
    initiator: null,
    navigation: true,
  });

  return {
    name,
    label,
    origin,
    jar,
    sent: sent as readonly Sent[],
    recordJar,
    request,
    exchangeOnce,
    /** What the window shows names itself in what it sends. */
    initiator: () => page ?? new URL(origin),
    visit: (path: string) => request(typed(path)),
    get last() {
      return last;
    },
    intercept(look: typeof before): void {
      before = look;
    },
    cookies: (): Cookie[] => jar.list(),
    /** Puts a cookie into the jar. */
    put(cookie: Cookie): void {
      secrets.cookie(cookie.value);
      jar.put(cookie);
    },
    remove(cookie: Cookie): void {
      jar.remove(cookie);
    },

    hasBack: () => behind > 0,

    /** Presses the Back button. Returns the page that the browser had kept; null when it must ask again. */
    back(): { url: string; status: number; text: string } | null {
      const { request, page: kept } = history.back();
      behind -= 1;
      page = request.url;
      if (!kept) return null;
      const { status, text } = kept;
      recorder.record({ type: 'page-shown', actor: name, url: request.url.href, status, body: text });
      return { url: request.url.href, status, text };
    },
  };
}
