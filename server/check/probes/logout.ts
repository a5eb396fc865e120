import { loggedIn, quoted, sessionOf, who } from '../asking.ts';
import { logOut } from '../preflight.ts';
import { type Probe, victimIn } from './probe.ts';

/** Whether a logout ends the session at the server, or only takes the cookie from the browser. */
export const logout: Probe = {
  slug: 'logout-replay',
  title: 'Logout ends the session',
  question: 'Does a copy of the cookie still log in after the logout?',
  lesson: 'logout-replay',
  requirements: ['ASVS V7.4.1', 'WSTG-SESS-06'],
  async play(check, play) {
    const alice = victimIn(check, play);
    const mallory = play.visitor(check.mallory, 'mallory', 'attacker');
    await play.step('Alice logs in', 'A session to end', () => loggedIn(check, alice));
    const cookies = sessionOf(check, alice);
    const before = await play.step('Mallory copies her cookie', 'It works as long as Alice is logged in', async () => {
      play.give(cookies, alice, mallory, 'copied');
      return who(check, mallory);
    });
    const goesOn = await play.step('Alice goes on', 'The copy must not have ended her session', async () => {
      const still = (await who(check, alice)) === check.alice.name;
      if (!still) await loggedIn(check, alice);
      return still;
    });
    await play.step('Alice logs out', 'With the logout of the recipe', async () => {
      const left = await logOut(check, alice, check.session);
      play.find({
        id: 'logout-own-browser',
        title: 'Logout in one’s own browser',
        ...(left === null
          ? { verdict: 'holds', says: 'Afterwards nobody is logged in in her browser.' }
          : { verdict: 'fails', says: `Afterwards who() still answers ${quoted(left)} in her own browser.` }),
      });
    });
    await play.step('Mallory sends the copy', 'By hand, as a program does', async () => {
      const copy = play.visitor(check.mallory, 'mallory', 'attacker');
      for (const cookie of cookies) copy.tab.put(cookie);
      // Since the copy was made, the app may have renewed it for her.
      const names = [await who(check, copy), await who(check, mallory)];
      const after = names.find((name) => name === check.alice.name) ?? names[0]!;
      const about = { id: this.slug, title: this.title };
      if (before !== check.alice.name) {
        play.find({
          ...about,
          verdict: 'not shown',
          says: `The copy did not work before the logout either: who() answered ${quoted(before)}.`,
        });
        return;
      }
      if (!goesOn) {
        const says =
          'The app gives a new id with each request, and the copy has ended Alice’s own session: what her logout ends cannot be told.';
        play.find({ ...about, verdict: 'not shown', says });
        return;
      }
      play.ask('Who is Mallory?', after ?? 'nobody', 'nobody', check.alice.name);
      play.find({
        ...about,
        ...(after === check.alice.name
          ? {
              verdict: 'fails',
              says: `The copy still logs in as ${after}: the logout took the cookie from the browser, and the session goes on.`,
            }
          : {
              verdict: 'holds',
              says: `The copy worked before the logout. Since then who() answers ${quoted(after)}.`,
            }),
      });
    });
  },
};
