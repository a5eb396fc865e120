/** What the browsers did in a step, as far as their requests to the app tell. Pure. */
import { pathIn } from './cookieHosts.ts';
import { type DeedWords, deedWords } from './deedWords.ts';
import { isApp } from './lastAnswer.ts';
import { otherPage } from './otherPage.ts';
import { personOf } from './people.ts';
import type { Exchange, View } from './read.ts';
import type { Browser, WhoIsWho } from './whoIsWho.ts';

export interface Deed {
  browser: Browser;
  words: DeedWords;
  /** "POST /orders" */
  request: string;
  /** The requests of that kind, the last one last. */
  exchanges: Exchange[];
  /** What the app answered last; null when nobody answered, or nobody has yet. */
  status: number | null;
  /** Whether the app did it at least once. */
  done: boolean;
  /** Whose account it was about, as the app’s audit log says; null when it does not say. */
  of: string | null;
}

/** Returns what each browser did in the step, what matters most first. What a page of another site made it send is no deed of its own. */
export function deedsIn(view: View, who: WhoIsWho): Deed[] {
  const deeds = new Map<string, Deed>();
  const inStep = view.exchanges.filter(({ request }) => request.seq >= view.since);
  // What was asked by hand after a step is what the moment is about then.
  const byHand = inStep.filter(({ request }) => request.step === null);
  for (const exchange of byHand.length > 0 ? byHand : inStep) {
    const { request, response } = exchange;
    if (request.method === 'OPTIONS' || (response && !isApp(response.by) && response.by !== 'cache')) continue;
    const browser = who.browsers.find(({ actor }) => actor.name === request.actor);
    if (!browser || otherPage(exchange, view)) continue;
    const path = pathIn(request.url);
    const words = deedWords(request.method, path);
    const key = `${request.actor} ${words.thing} ${words.weight}`;
    const known = deeds.get(key);
    const status = response?.status ?? null;
    deeds.set(key, {
      browser,
      words,
      request: `${request.method} ${path}`,
      exchanges: [...(known?.exchanges ?? []), exchange],
      status,
      done:
        known?.done === true ||
        (status !== null && status < 400 && !(words.kind === 'login' && failedLogin(exchange, view))),
      of: targetOf(exchange, view) ?? known?.of ?? null,
    });
  }
  const rank = ({ done, words, browser }: Deed) => {
    const attacks = browser.actor.role === 'attacker';
    return words.weight + (done || (attacks && words.weight >= takesOver) ? 100 : 0) + (attacks ? 0.5 : 0);
  };
  return [...deeds.values()].sort((a, b) => rank(b) - rank(a));
}

/** From this weight on, a request changes an account. That an attacker is refused it matters as much as if it were done. */
export const takesOver = 45;

/** A login may answer a wrong password with a redirect, and an app may log no failure: it logs each session that begins. */
function failedLogin({ request, response }: Exchange, { audits, header }: View): boolean {
  const own = audits.filter((one) => one.request === request.id);
  // Nobody sees the log of an app that is checked from outside.
  if (own.length === 0) return header.told === undefined && (response?.status ?? 0) >= 300;
  return own.some(({ name }) => name === 'authn_login_fail');
}

/** Audit events that say whose account was changed. */
const changes = /^(user_updated|user_disabled|user_enabled|user_role_changed|authn_password_change)$/;

function targetOf({ request }: Exchange, { audits, header }: View): string | null {
  const audit = audits.findLast((one) => one.request === request.id && one.userId !== null && changes.test(one.name));
  return audit ? personOf(header, audit.userId!) : null;
}

/** Returns how many of the exchanges were answered with each status, in the order in which they came first. */
export function statusCounts(exchanges: readonly Exchange[]): [status: number, count: number][] {
  const counts = new Map<number, number>();
  for (const { response } of exchanges)
    if (response) counts.set(response.status, (counts.get(response.status) ?? 0) + 1);
  return [...counts];
}

/** Returns how long the quickest answer took, in real ms: load makes an answer late, and nothing makes it early. */
export const quickest = (exchanges: readonly Exchange[]): number =>
  Math.min(...exchanges.flatMap(({ response }) => (response ? [response.ms] : [])));
