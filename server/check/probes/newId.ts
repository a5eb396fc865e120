import { loggedIn, sessionOf } from '../asking.ts';
import { anonymousCookies } from './fixation.ts';
import { type Probe, victimIn } from './probe.ts';

/** Whether a login makes a new id. */
export const newId: Probe = {
  slug: 'login-new-id',
  title: 'A new id at login',
  question: 'Is the id after the login another one than before?',
  lesson: 'regenerate-at-login',
  requirements: ['ASVS V7.2.4', 'WSTG-SESS-03'],
  async play(check, play) {
    const alice = victimIn(check, play);
    // Of several that log in on their own, each has to be new.
    const { main, names, alone } = check.session;
    const looked = alone ? names : [main];
    const idsOf = () => new Map(sessionOf(check, alice).map(({ name, value }) => [name, value]));
    const before = await play.step('Alice comes', 'She is not logged in', async () => {
      await anonymousCookies(check, alice);
      return idsOf();
    });
    await play.step('Alice logs in', 'In the same browser', async () => {
      await loggedIn(check, alice);
      const after = idsOf();
      const about = { id: this.slug, title: this.title };
      const early = looked.filter((name) => before.has(name));
      if (early.length === 0) {
        play.find({
          ...about,
          verdict: 'not applicable',
          says: `The app sets ${looked.join(' and ')} only at the login.`,
        });
        return;
      }
      const kept = early.find((name) => after.get(name) === before.get(name));
      play.ask('Is it another id?', kept === undefined, true, false);
      play.find({
        ...about,
        ...(kept !== undefined
          ? {
              verdict: 'fails',
              says: `${kept} has the same value before and after the login: anybody who knew it is logged in, too.`,
            }
          : { verdict: 'holds', says: `${early.join(' and ')} has another value after the login.` }),
      });
    });
  },
};
