/** Pages of other sites that made a browser ask the app for something in a step. Pure. */
import { isApp } from './lastAnswer.ts';
import { otherPage } from './otherPage.ts';
import type { View } from './read.ts';

export interface AskingPage {
  /** "evil.example" */
  host: string;
  /** The actor whose browser it made ask. */
  from: string;
  /** "POST /orders" */
  what: string;
  /** What the app answered; null when nobody answered. */
  status: number | null;
  /** Whether its script may read the answer; null when it did not ask to, and when the app refused. */
  reads: boolean | null;
}

/** Returns each page once for a browser, with the last request that it made it send. */
export function askingPages(view: View): AskingPage[] {
  const asked = view.exchanges.flatMap((exchange): AskingPage[] => {
    const { request, response } = exchange;
    if (request.seq < view.since || (response && !isApp(response.by))) return [];
    const page = otherPage(exchange, view);
    if (!page) return [];
    const path = request.url.replace(/^\w+:\/\/[^/]+|[?#].*$/g, '') || '/';
    const reads = page.status !== null && page.status < 400 ? page.read : null;
    return [{ host: page.page, from: request.actor, what: `${request.method} ${path}`, status: page.status, reads }];
  });
  return asked.filter(
    ({ host, from }, index) => asked.findLastIndex((one) => one.host === host && one.from === from) === index,
  );
}
