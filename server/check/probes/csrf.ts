import { type Check, loggedIn, run, who } from '../asking.ts';
import type { Sent } from '../browser/tab.ts';
import { RecipeWrong } from '../errors.ts';
import type { Play, Visitor } from '../play.ts';
import { randomWord } from '../words.ts';
import { evilFor, forgeriesOf, preflightOf, theChange } from './forgery.ts';
import { forge, type Trial, type Tried, theWorst } from './forging.ts';
import { attackerIn, type Probe, victimIn } from './probe.ts';

/** Whether another site can make the change of the recipe in somebody's name. */
export const csrf: Probe = {
  slug: 'csrf',
  title: 'Cross-site request forgery',
  question: 'Can a page of another site change something in your name?',
  lesson: 'samesite-csrf',
  requirements: ['ASVS V3.5.1', 'WSTG-SESS-05'],
  async play(check, play) {
    const { change } = check.target;
    if (change === undefined) {
      const says = 'The recipe names nothing to change (change).';
      await play.step('Nothing to change', says, async () =>
        play.find({ id: this.slug, title: this.title, verdict: 'not applicable', says }),
      );
      return;
    }
    const [first, second] = [randomWord(), randomWord()];
    const alice = victimIn(check, play);
    const mallory = attackerIn(check, play);
    const hers = await play.step(
      'Alice makes the change',
      'What the app answers her is what a forgery must get',
      async () => {
        await loggedIn(check, alice);
        return changed(check, alice, first);
      },
    );
    const own = await play.step(
      'Mallory makes it in her own account',
      'She learns what the app sends, and gets tokens of her own',
      async () => {
        await loggedIn(check, mallory);
        return changed(check, mallory, second);
      },
    );
    const readers = await play.step(
      'Where does it show?',
      'Pages that have the new text are a better witness than an answer',
      () => pagesWith(check, alice, first),
    );
    const refused = await play.step('Nobody makes it', 'The answer to somebody who is not logged in', () =>
      asNobody(check, play, hers),
    );
    const about = { id: this.slug, title: this.title };
    const trial: Trial = { check, play, alice, hers, refused, readers, about };
    const tried: Tried[] = [];
    for (const forgery of forgeriesOf(hers, own, first)) {
      tried.push(await forge(trial, forgery));
      if (tried.at(-1)!.verdict === 'fails') break;
    }
    await play.step('What follows?', 'One way that works is enough', async () => {
      const { verdict, says, request } = theWorst(tried);
      play.find({ ...about, verdict, says }, [request]);
    });
    await throughCors(trial);
  },
};

/** Runs the recipe's change. Returns the request that makes it. */
async function changed({ target }: Check, visitor: Visitor, text: string): Promise<Sent> {
  const from = visitor.tab.sent.length;
  await run('change', visitor, () => target.change!(visitor.browser, text));
  const change = theChange(visitor.tab.sent.slice(from))!;
  const { request, response } = change;
  if (response.status < 400) return change;
  throw new RecipeWrong(
    `change: ${request.method} ${request.url.pathname} answered ${response.status} to ${visitor.person.name}, who is logged in. Are the path and the fields right?`,
  );
}

/** Returns the pages that have the text: of those that Alice has asked for, and that who asks. */
async function pagesWith(check: Check, alice: Visitor, text: string): Promise<string[]> {
  await who(check, alice);
  const asked = alice.tab.sent.filter(({ request, response }) => request.method === 'GET' && response.status === 200);
  const addresses = [...new Set(asked.map(({ request }) => request.url.href))]
    .filter((url) => !url.includes(text))
    .slice(-4);
  const found: string[] = [];
  for (const url of addresses) {
    if (found.length > 0) break;
    if ((await alice.tab.visit(url)).text.includes(text)) found.push(url);
  }
  return found;
}

async function asNobody({ alice }: Check, play: Play, { request }: Sent): Promise<Sent> {
  const nobody = play.visitor(alice, 'visitor', 'person');
  return nobody.tab.exchangeOnce({ ...request, note: null });
}

/** A script of another site may send the change as it is, where CORS allows it. */
async function throughCors({ check, play, alice, hers, about: { title } }: Trial): Promise<void> {
  const preflight = preflightOf(hers);
  if (preflight === null) return;
  const about = {
    id: 'csrf-cors',
    title: `${title} by a script`,
    lesson: 'cors-with-credentials',
    requirements: ['ASVS V3.4.2', 'ASVS V3.5.1'],
  };
  await play.step(
    'A script of another site asks for permission',
    'A CORS preflight, which carries no cookie',
    async () => {
      const { response } = await alice.tab.exchangeOnce(preflight.request);
      const { cookies } = alice.tab.jar.send({
        ...hers.request,
        initiator: evilFor(hers.request.url),
        navigation: false,
      });
      const goes = cookies.some(({ name, sent }) => sent && check.session.names.includes(name));
      const allowed = preflight.allowed(response);
      play.find({
        ...about,
        ...(allowed && goes
          ? {
              verdict: 'fails',
              says: `CORS allows another site to send it with cookies, and the browser sends ${check.session.main}.`,
            }
          : {
              verdict: 'holds',
              says: allowed
                ? `CORS allows it, but the browser keeps ${check.session.main} back.`
                : `CORS does not allow another site to send it.`,
            }),
      });
    },
  );
}
