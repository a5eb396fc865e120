import { type Check, lastLine, loggedIn, run } from '../asking.ts';
import type { Sent } from '../browser/tab.ts';
import { RecipeWrong } from '../errors.ts';
import type { Visitor } from '../play.ts';
import { logOut } from '../preflight.ts';
import type { Finding } from '../verdicts.ts';
import { withoutTokens } from './changing.ts';
import { type Probe, victimIn } from './probe.ts';
import { type Sharing, sharing } from './sharedCaches.ts';

/** Whether a private page is kept: by the browser, which shows it after the logout, or by a cache that others use. */
export const caching: Probe = {
  slug: 'cache-back',
  title: 'Private pages are not kept',
  question: 'What does the Back button show after the logout?',
  lesson: 'authenticated-page-caching',
  requirements: ['ASVS V14.3.2', 'WSTG-ATHN-06'],
  async play(check, play) {
    const about = { id: this.slug, title: this.title };
    const alice = victimIn(check, play);
    await play.step('Alice logs in', 'Her pages are private', () => loggedIn(check, alice));
    const pages = await play.step('Alice looks at her pages', 'Those that the recipe names', () =>
      privatePages(check, alice),
    );
    const nobody = play.visitor(check.alice, 'visitor', 'person');
    const kept = await play.step('Nobody asks for the same', 'What everybody sees is not private', async () => {
      const kept: Sent[] = [];
      for (const page of pages) {
        const { status, text } = await nobody.tab.visit(page.request.url.href);
        if (status !== page.response.status || withoutTokens(text) !== withoutTokens(page.response.text))
          kept.push(page);
      }
      return kept;
    });
    if (kept.length === 0) {
      const says =
        pages.length === 0
          ? 'The recipe names no page (visit), and who reads data, which no Back button shows.'
          : 'What the recipe visits looks the same to somebody who is not logged in.';
      await play.step('No private page', 'There is nothing to keep', async () =>
        play.find({ ...about, verdict: 'not applicable', says }),
      );
      return;
    }
    await play.step('Alice logs out and goes back', 'A browser shows what it kept without asking', async () => {
      for (const { request } of kept) await alice.tab.visit(request.url.href);
      await alice.tab.visit('/');
      await logOut(check, alice, check.session);
      const shown = pagesBehind(alice).filter((url) => kept.some(({ request }) => request.url.href === url));
      const paths = shown.map((url) => new URL(url).pathname).join(', ');
      play.ask('Is a private page still shown?', shown.length > 0, false, true);
      play.find({
        ...about,
        ...(shown.length > 0
          ? {
              verdict: 'fails',
              says: `${paths} has no Cache-Control: no-store: after the logout, the Back button shows it to the next person at the computer.`,
            }
          : { verdict: 'holds', says: 'After the logout, the Back button has to ask for every private page again.' }),
      });
    });
    await play.step('A cache in between', 'It may serve others', async () =>
      play.find({
        id: 'cache-shared',
        title: 'Private answers are not shared',
        lesson: 'cdn-caches-set-cookie',
        requirements: ['ASVS V14.2.2'],
        ...shared(kept),
      }),
    );
  },
};

/** Goes back to where the window began. Returns the addresses of the pages that the browser shows without asking. */
function pagesBehind({ tab }: Visitor): string[] {
  const shown: string[] = [];
  for (let steps = tab.sent.length; steps > 0 && tab.hasBack(); steps--) {
    const page = tab.back();
    if (page) shown.push(page.url);
  }
  return [...new Set(shown)];
}

/** Visits what the recipe names, else what who reads, as far as it is a page. */
export async function privatePages(check: Check, visitor: Visitor): Promise<Sent[]> {
  const { visit } = check.target;
  const from = visitor.tab.sent.length;
  if (visit === undefined) {
    const asked = visitor.tab.sent.at(-1)!;
    return isPage(asked) ? [asked] : [];
  }
  if (typeof visit === 'function') await run('visit', visitor, () => visit(visitor.browser));
  else
    for (const path of typeof visit === 'string' ? [visit] : visit)
      await run('visit', visitor, () => visitor.browser.visit(path));
  const visited = visitor.tab.sent.slice(from);
  const wrong = visited.find(({ response }) => response.status >= 400);
  if (wrong) {
    throw new RecipeWrong(
      `visit: ${wrong.request.url.pathname} answered ${wrong.response.status} to somebody who is logged in. Is the path right? (${lastLine(visitor.tab)})`,
    );
  }
  return visited.filter(({ request, response }) => request.method === 'GET' && response.status < 300);
}

const isPage = ({ response }: Sent) => /^text\/html\b/i.test(response.headers['content-type'] ?? '');

/** What caches that others use may do with the private answers. */
function shared(kept: readonly Sent[]): Pick<Finding, 'verdict' | 'says'> {
  const first = (wanted: Sharing) => kept.find(({ response }) => sharing(response.headers, Date.now()) === wanted);
  const may = first('may');
  if (may) {
    const { 'cache-control': header = 'missing, and Expires is later' } = may.response.headers;
    const says = `${may.request.url.pathname} may be kept by caches that others use: Cache-Control is ${header}.`;
    return { verdict: 'fails', says };
  }
  const unsaid = first('unsaid');
  if (unsaid) {
    const says = `${unsaid.request.url.pathname} does not say whether it may be kept: a cache that others use decides by itself (RFC 9111 section 4.2.2).`;
    return { verdict: 'not shown', says };
  }
  return { verdict: 'holds', says: 'No private answer may be kept by a cache that others use.' };
}
