/** A login that a page of another site sent and the app refused, as a sentence. Pure. */
import { pathIn } from './cookieHosts.ts';
import { deedWords } from './deedWords.ts';
import { otherPage } from './otherPage.ts';
import type { View } from './read.ts';
import type { Part } from './verdict.ts';

/** A login needs no cookie, so that none was sent stopped nothing. null when there was no such login in the step. */
export function refusedForgedLogin(view: View): Part | null {
  for (const exchange of view.exchanges) {
    const { request, response } = exchange;
    if (request.seq < view.since || !response || response.status < 400) continue;
    const page = otherPage(exchange, view);
    if (!page || deedWords(request.method, pathIn(request.url)).kind !== 'login') continue;
    const text = `The shop refused the login that a page of ${page.page} sent: ${response.status}${page.error || '.'}`;
    return { tone: 'safe', text };
  }
  return null;
}
